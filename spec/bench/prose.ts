const WORDS =
  "the of to and a in is it you that was for on are with as they be at one have this from by hot but some what there we can out other were all your when up use word how said each which their time will way about many then them would write like so these her long make thing see him two has look more day could go come did my sound no most number who over know water than call first people may down side been now find";
const UNUSUAL = ["naïve", "–", "„so“", "€", "🙂", "東京"];
const UNUSUAL_EVERY = 20; // texts, on average: what is not ASCII
const SENTENCE = 12; // words
const words = WORDS.split(" ");

/** A text of about so many characters, in sentences and lines, with quotes and code now and then. */
export function prose(random: () => number, length: number): string {
  const isUnusual = random() * UNUSUAL_EVERY < 1;
  let text = isUnusual ? UNUSUAL[Math.floor(random() * UNUSUAL.length)] : "";
  for (let word = 0; text.length < length; word++) {
    const place = word % SENTENCE;
    text += `${words[Math.floor(random() * words.length)]}${place === 5 ? ' "x":' : place === SENTENCE - 1 ? ".\n" : " "}`;
  }
  return text;
}
