#!/bin/sh
# Writes a made-up package with faults and checks it, as a clerk would: `make sample`.
set -eu
cd "$(dirname "$0")/.."

sample=var/sample
check() { # what the check should say goes on; only its own failure stops
    .venv/bin/correctionkit check "$sample" "$@" || [ $? = 1 ]
}

mkdir -p var
rm -rf "$sample"
.venv/bin/correctionkit sample --output "$sample" --students 12 --faults
check
check --format html --output var/sample-report.html
check --format xlsx --output var/sample-report.xlsx
cat <<END

The package 材料包      $sample
The same as a page 网页  var/sample-report.html
The tables 统计表        var/sample-report.xlsx
END
