#!/usr/bin/env bash
# Measures fastText on the data sets of benchmarks/Accuracy: accuracy on the test part and training time. Word pairs, 25 epochs and learning rate 0.5, as in
# the tutorial of fastText.
#   fasttext.sh FOLDER [THREADS]
set -euo pipefail
folder=$1 threads=${2:-2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lines() { if [ -f "$1.gz" ]; then zcat "$1.gz"; else cat "$1"; fi; }
# The first word of a line is its label. In TREC, the label is the part before the colon.
labelled() { lines "$1" | sed -E 's/^([^ :]+)(:[^ ]+)? /__label__\1 /'; }
echo "| data set | fastText, accuracy | training s |"
echo "|---|---|---|"
run() {
  labelled "$2" >"$work/train"
  labelled "$3" >"$work/test"
  local began ended
  began=$(date +%s.%N)
  fasttext supervised -input "$work/train" -output "$work/model" -dim 100 -epoch 25 -lr 0.5 -wordNgrams 2 -thread "$threads" -verbose 0
  ended=$(date +%s.%N)
  echo "| $1 | $(fasttext test "$work/model.bin" "$work/test" | awk '/^P@1/ { printf "%.2f", 100 * $2 }') | $(awk -v a="$began" -v b="$ended" 'BEGIN { printf "%.1f", b - a }') |"
}
run sst2 "$folder/sst/stsa.binary.train" "$folder/sst/stsa.binary.test"
run sst5 "$folder/sst/stsa.fine.train" "$folder/sst/stsa.fine.test"
run trec6 "$folder/trec/TREC.train" "$folder/trec/TREC.test"
