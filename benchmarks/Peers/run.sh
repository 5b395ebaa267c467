#!/usr/bin/env bash
# Installs the other libraries and compares: training of the same two networks in PyTorch, in alternating rounds, with one thread and with two, and fastText
# on real data.
#   run.sh FOLDER      (as root, from the root of the repository; FOLDER as for benchmarks/Accuracy)
set -euo pipefail
here=$(dirname "$0")
"$here/install.sh"
for threads in 1 2; do dotnet run -c Release --project "$here/../Speed" -- --part peers --rounds 3 --threads "$threads" --rows 3000; done
"$here/fasttext.sh" "$1"
