#!/usr/bin/env bash
# Adds the members that the compiler reports as undeclared (RS0016) to src/*/PublicAPI.Unshipped.txt and removes deleted members (RS0017). Review the diff.
set -u
cd "$(dirname "$0")/.."
for project in Transforms Trainers Experiments Images; do
  file=src/$project/PublicAPI.Unshipped.txt
  log=$(dotnet build "src/$project" -c Release -f net10.0 2>&1)
  grep -oP "src/$project/.*RS0016: Symbol '\K.*(?=' is not part)" <<<"$log" >>"$file"
  grep -oP "RS0017: Symbol '\K.*(?=' is part of the declared API)" <<<"$log" | sort -u | while read -r gone; do
    grep -vxF -- "$gone" "$file" >"$file.new" && mv "$file.new" "$file"
  done
  { echo '#nullable enable'; grep -v '^#nullable' "$file" | LC_ALL=C sort -u; } >"$file.new" && mv "$file.new" "$file"
done
