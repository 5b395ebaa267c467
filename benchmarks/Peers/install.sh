#!/usr/bin/env bash
# Installs the other libraries from the packages of Debian (as root): PyTorch with the OpenMP build of OpenBLAS, because the default reference BLAS is ten
# times slower, and fastText.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends python3-torch python3-numpy libopenblas0-openmp fasttext
update-alternatives --set libblas.so.3-x86_64-linux-gnu /usr/lib/x86_64-linux-gnu/openblas-openmp/libblas.so.3
update-alternatives --set liblapack.so.3-x86_64-linux-gnu /usr/lib/x86_64-linux-gnu/openblas-openmp/liblapack.so.3
