/**
 * How many times as long a call takes with so many in flight on the same model, by the Universal Scalability Law (N. Gunther, Guerrilla
 * Capacity Planning, 2007): 1 + σ(N − 1) + κN(N − 1).
 *
 * @param inFlight N, the call itself among them
 * @param sigma contention: what waits in line for what is shared
 * @param kappa coherency: what each has to settle with each
 */
export const contentionFactor = (inFlight: number, sigma: number, kappa: number): number =>
  1 + sigma * (inFlight - 1) + kappa * inFlight * (inFlight - 1);
