#!/usr/bin/env bash
# Installs what the suite needs beside npm's packages: Chromium, which opens the pages, nbconvert, which executes the notebooks, OpenSSL, which makes
# certificates, and Maven and Python's venv, which fetch a Trino and a Java for it.
set -eu

missing=()
command -v chromium > /dev/null || missing+=(chromium)
command -v jupyter-nbconvert > /dev/null || missing+=(jupyter-nbconvert)
command -v openssl > /dev/null || missing+=(openssl)
command -v mvn > /dev/null || missing+=(maven)
python3 -c 'import ensurepip' 2> /dev/null || missing+=(python3-venv)

if [ ${#missing[@]} -eq 0 ]; then
  echo "All is there: chromium, jupyter-nbconvert, openssl, maven, python3-venv."
  exit
fi

if command -v apt-get > /dev/null && [ "$(id -u)" -eq 0 ]; then
  echo "Installing ${missing[*]} …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq -o DPkg::Lock::Timeout=300 update
  apt-get -qq -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "${missing[@]}" > /dev/null
else
  echo "Missing: ${missing[*]}. On Debian or Ubuntu: sudo apt-get install ${missing[*]}"
  echo "The tests that need them are pending without."
fi
