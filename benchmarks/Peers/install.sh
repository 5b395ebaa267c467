#!/usr/bin/env bash
# Installs what others would use instead, from Debian's packages (as root): PyTorch with an OpenBLAS that is set fairly (its OpenMP build: the stock
# reference BLAS is ten times slower), and fastText.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends python3-torch python3-numpy libopenblas0-openmp fasttext
update-alternatives --set libblas.so.3-x86_64-linux-gnu /usr/lib/x86_64-linux-gnu/openblas-openmp/libblas.so.3
update-alternatives --set liblapack.so.3-x86_64-linux-gnu /usr/lib/x86_64-linux-gnu/openblas-openmp/liblapack.so.3
