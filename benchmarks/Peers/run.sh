#!/usr/bin/env bash
# Installs the other libraries and compares: training of the same networks in PyTorch, in alternating rounds, with one thread and with two; translation; and
# fastText on real data.
#   run.sh FOLDER      (as root, from the root of the repository; FOLDER as for benchmarks/Accuracy)
set -euo pipefail
here=$(dirname "$0")
"$here/install.sh"
for threads in 1 2; do dotnet run -c Release --project "$here/../Speed" -- --part peers --rounds 3 --threads "$threads" --rows 3000; done
dotnet run -c Release --project "$here/../Speed" -- --part translation --rounds 3 --rows 3000
dotnet run -c Release --project "$here/../Accuracy" -- --data "$1" --threads 1 --set sst2 --set sst5 --set trec6 --set mr --set ag-news --fasttext
