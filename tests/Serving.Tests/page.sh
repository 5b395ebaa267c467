#!/usr/bin/env bash
# Tests the page of samples/Serving in a real browser: it sends a text and shows classes, words, tags, curl commands, a continuation, an aligned
# translation, and a caption with its attention; HTML in a text stays text; on a screen 400 pixels wide nothing scrolls sideways; every text has a contrast of at least 4.5 to 1 in light and in dark mode.
#   tests/Serving.Tests/page.sh          starts the service that is built (dotnet build -c Release)
#   tests/Serving.Tests/page.sh URL      tests a running service
# Prints each check; the exit code is 0 if all pass, else 1.
set -uo pipefail
cd "$(dirname "$0")/../.."
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || { echo "page: expected chromium, found none. Install it."; exit 1; }
command -v curl >/dev/null || { echo "page: expected curl, found none. Install it."; exit 1; }
dir=$(mktemp -d)
service=
trap '[ -n "$service" ] && kill "$service" 2>/dev/null; rm -rf "$dir"' EXIT
url=${1:-}
if [ -z "$url" ]; then
  dotnet samples/Serving/bin/Release/net10.0/Serving.dll --urls http://127.0.0.1:0 --output "$dir/models" >"$dir/log" 2>&1 &
  service=$!
  for _ in $(seq 1500); do
    url=$(grep -oP '^Listening on \K[^, ]+' "$dir/log") && break
    kill -0 "$service" 2>/dev/null || break
    sleep 0.2
  done
  [ -n "$url" ] || { echo "page: the service did not start:" && cat "$dir/log"; exit 1; }
fi

# Writes a page as HTML after its scripts have run; further arguments are those of the browser.
page() {
  "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync \
    --user-data-dir="$dir/browser" --virtual-time-budget=20000 "${@:2}" --dump-dom "$1" >"$dir/dom" 2>"$dir/browser.log"
}
predicts() { page "$url/?auto=1&text=$1"; }
faults=0
# Checks that a pattern occurs so many times.
sees() {
  local got
  got=$(grep -oP -- "$2" "$dir/dom" | wc -l)
  if [ "$got" -eq "$3" ]; then echo "page: $1"; else echo "page: expected $1: $3 times $2, got $got" && faults=$((faults + 1)); fi
}
# Checks that a condition holds.
holds() {
  if [ "$2" = "$3" ]; then echo "page: $1: $3"; else echo "page: expected $1: $3, got $2" && faults=$((faults + 1)); fi
}

predicts 'Where%20is%20my%20parcel%3F'
sees "the heading of the classes" '<h2 id="class-title">Topic</h2>' 1
sees "the heading of the spans" '<h2 id="tags-title">Names and places</h2>' 1
sees "six classes with bars" 'class="bar" style="width: [0-9.]+%' 6
sees "four words with their importance" 'title="[+−][0-9.]+"' 4
sees "two curl commands with a button to copy each" 'aria-label="Copy the curl command of /(classify|tag)">Copy</button>' 2
sees "a summary for screen readers" 'class="spoken" role="status" aria-live="polite">Topic: [a-z]+, [0-9.]+ %\. Names and places: ' 1
sees "no error" 'id="error" role="alert" hidden' 1
predicts "It%27s%20Anna%20%26%20co."
grep -oP '<pre [^>]*>\K.*?(?=</pre>)' "$dir/dom" | sed 's/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' >"$dir/commands"
holds "number of curl commands" "$(wc -l <"$dir/commands")" 2
holds "answers to the curl commands, run as they are" "$(while read -r command; do bash -c "$command -s"; done <"$dir/commands" | grep -o '"model":' | wc -l)" 2
predicts '%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D1%22%3E%20Maria%20Lindgren%20flew%20to%20Oslo%20on%20Friday.'
sees "no element from a text" '<img src=x' 0
sees "the text as text, also in the commands" '&lt;' 4
sees "names and places" '<mark [^>]*>[^<]*<small>(PER|LOC|DATE|ORG)' 3
sees "the title unchanged" '<title>Try the models</title>' 1
predicts "$(printf 'word%%20%.0s' $(seq 101))"
sees "a text with more than a hundred words, classified" 'class="bar"' 6
sees "the reason why its words are not explained" 'id="words-hint">The text has too many words' 1
page "$url/?draft=Where%20is%20my"
sees "a continuation, with the probability of each symbol" 'class="symbol" title="[^"]+: [0-9.]+ %" style="--strength: [01]\.[0-9]+;?"><span>[^<]+</span><small>(<|&lt;)?[0-9]+</small>' "$(grep -o 'class="symbol"' "$dir/dom" | wc -l)"
# The symbols are random, and a text can end at any of them.
holds "at least one symbol" "$([ "$(grep -o 'class="symbol"' "$dir/dom" | wc -l)" -ge 1 ] && echo true)" true
sees "no error beside the continuation" 'id="error" role="alert" hidden' 1
page "$url/?source=7%20March%202031&to=ISO"
sees "a menu of four languages, one chosen" '<option>' 4
sees "the symbols of the text and its tag" '>&lt;2ISO&gt;</span>' 1
sees "five translations with their scores" '<button type="button" aria-pressed="(true|false)">[^<]+</button></th><td class="number">−?[0-9.]+' 5
sees "the alignment of each symbol in words" 'role="option" aria-selected="false" tabindex="(0|-1)" title="[^"]+: [^"]+" aria-label="' "$(grep -o 'role="option"' "$dir/dom" | wc -l)"
holds "at least twelve symbols" "$([ "$(grep -o 'role="option"' "$dir/dom" | wc -l)" -ge 12 ] && echo true)" true
sees "no error beside the translation" 'id="error" role="alert" hidden' 1
page "$url/?scene=2"
sees "the examples" '<button type="button" aria-label="Example [1-4]"><img alt="" src="blob:' 4
sees "what the model has been trained on" 'trained on drawings of two colored shapes' 1
sees "the image, which is in the memory of the browser" 'id="image" alt="The image with the caption: a [^"]+" src="blob:[^"]+" style="--ratio: 1' 1
sees "a region for each cell of the grid" 'class="region"' 49
sees "the words of the caption with the cells that they read" 'class="piece[^"]*" role="option"[^>]*aria-label="[^"]+: (row [1-7], column [1-7] [0-9.]+ %|nothing)' "$(grep -o 'class="piece' "$dir/dom" | wc -l)"
holds "at least seven words" "$([ "$(grep -o 'class="piece' "$dir/dom" | wc -l)" -ge 7 ] && echo true)" true
sees "five captions with their scores" '<button type="button" aria-pressed="(true|false)">a [^<]+</button></th><td class="number">−?[0-9.]+' 5
sees "no error beside the caption" 'id="error" role="alert" hidden' 1
predicts ''
sees "an empty text, classified" 'class="bar"' 6

# A copy of the page with recorded answers in a frame 400 pixels wide: the page itself forbids frames and foreign scripts.
text='You charged my card twice, Maria Lindgren flew from Oslo to The Hague on Friday; a-word-that-is-much-too-long-for-a-line-on-a-narrow-screen-of-a-telephone'
date='Friday, March 7, 2031'
# Writes standard input as a string of JavaScript.
script_string() { sed 's/\\/\\\\/g; s/"/\\"/g' | awk 'BEGIN { printf "\"" } { printf "%s\\n", $0 } END { printf "\"" }'; }
curl -s "$url/scene/1" >"$dir/scene.png"
answer() { curl -s -H 'Content-Type: application/json' -d "$2" "$url$1"; }
{
  echo "<script>const ANSWERS = { '/classify': $(answer /classify "{\"text\": \"$text\", \"explain\": true}"), '/tag': $(answer /tag "{\"text\": \"$text\"}"), '/continue': $(answer /continue "{\"text\": \"$text\", \"seed\": 1}" | script_string), '/translate': $(answer /translate "{\"text\": \"$date\", \"targetLanguage\": \"French\", \"beam\": 5, \"nBest\": 5}"), '/caption': $(curl -s --data-binary @"$dir/scene.png" -H 'Content-Type: image/png' "$url/caption?beam=5&nBest=5"), 'scene': '$(base64 -w 0 "$dir/scene.png")', '/health': $(curl -s "$url/health") };"
  cat tests/Serving.Tests/page.js
  echo "</script>"
  curl -s "$url/"
} >"$dir/copy.html"
cat >"$dir/frame.html" <<FRAME
<iframe src="copy.html?auto=1&text=${text// /%20}&draft=${text// /%20}&source=${date// /%20}&to=French&scene=1" width="400" height="900" style="border: 0"></iframe>
<script>onmessage = event => { for (const [name, value] of Object.entries(event.data)) document.body.setAttribute("data-" + name, value); };</script>
FRAME
measured() { grep -oP "data-$1=\"\K[^\"]*" "$dir/dom"; }
for mode in dark light; do
  page "file://$dir/frame.html" "--blink-settings=preferredColorScheme=$([ $mode = dark ] && echo 0 || echo 1)"
  holds "mode" "$(measured mode)" "$mode"
  holds "pixels beyond the right edge of a screen of 400 pixels" "$(measured beyond)" 0
  holds "contrast of at least 4.5 to 1 (lowest: $(measured contrast), of $(measured texts) texts)" "$(measured enough)" true
  holds "symbols colored for the one under the pointer and for the one with the focus" "$(measured aligned)" "true true"
  holds "regions of the image colored for a word, and differently for another" "$(measured weighed)" true
  holds "a dropped image: sent, shown, weights that differ from word to word, as lines around boxes; a pasted image: sent" "$(measured dropped)" "true true true true true"
  holds "a label and the focus for every control" "$(measured focusable)" true
done
[ "$faults" -eq 0 ]
