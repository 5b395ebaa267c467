#!/usr/bin/env bash
# The page of samples/Serving in a real browser: it asks by itself and shows classes, words and tags; a text full of HTML stays a text.
#   tests/Serving.Tests/page.sh          starts the service that is built (dotnet build -c Release)
#   tests/Serving.Tests/page.sh URL      looks at one that runs
# Says what it saw; exit code 0 if all is there, else 1.
set -uo pipefail
cd "$(dirname "$0")/../.."
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || { echo "page: expected chromium, found none"; exit 1; }
dir=$(mktemp -d)
service=
trap '[ -n "$service" ] && kill "$service" 2>/dev/null; rm -rf "$dir"' EXIT
url=${1:-}
if [ -z "$url" ]; then
  dotnet samples/Serving/bin/Release/net10.0/Serving.dll --urls http://127.0.0.1:0 --output "$dir/models" >"$dir/log" 2>&1 &
  service=$!
  for _ in $(seq 600); do
    url=$(grep -oP '^Listening on \K\S+' "$dir/log") && break
    kill -0 "$service" 2>/dev/null || break
    sleep 0.2
  done
  [ -n "$url" ] || { echo "page: the service did not start:" && cat "$dir/log"; exit 1; }
fi

# The page after it has asked, as HTML.
page() {
  "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$dir/browser" --virtual-time-budget=20000 --dump-dom "$url/?auto=1&text=$1" >"$dir/dom" 2>"$dir/browser.log"
}
faults=0
# What should be there so many times.
sees() {
  local got
  got=$(grep -oP -- "$2" "$dir/dom" | wc -l)
  if [ "$got" -eq "$3" ]; then echo "page: $1"; else echo "page: expected $1: $3 times $2, saw $got" && faults=$((faults + 1)); fi
}

page 'Where%20is%20my%20parcel%3F'
sees "six classes with bars" 'class="bar" style="width: [0-9.]+%' 6
sees "four words with their importance" 'class="word" title="[+−][0-9.]+"' 4
sees "no fault" 'id="error" role="alert" hidden' 1
page '%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D1%22%3E%20Maria%20Lindgren%20flew%20to%20Oslo%20on%20Friday.'
sees "no element made of a text" '<img' 0
sees "the text as a text" '&lt;' 2
sees "names and places" '<mark [^>]*>[^<]*<small>(PER|LOC|DATE|ORG)' 3
sees "the title untouched" '<title>Ask the models</title>' 1
page "$(printf 'word%%20%.0s' $(seq 101))"
sees "more than a hundred words, classified all the same" 'class="bar"' 6
sees "why they are not explained" 'too many words' 2
page ''
sees "an empty text, classified" 'class="bar"' 6
[ "$faults" -eq 0 ]
