#!/bin/sh
# Checks an SM2 signature of a PDF of the library with the parts of OpenSSL 3.0: check-sm2.sh DOCUMENT.pdf SIGNER.pem
# SIGNER.pem is /certificates/signer.pem of the library. `openssl cms -verify` cannot be told the identity of GM/T 0009, so its steps stand here
# one by one. Says "Verified OK" or "Verification failure"; the exit code is 0 only for the former.
set -eu
pdf=$1 signer=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "Verification failure: $1" >&2; exit 1; }

# What is signed is everything but the hole in which the signature stands, to the last byte of the file.
range=$(grep -a -o '/ByteRange \[0 [0-9]* [0-9]* [0-9]*\]' "$pdf" | tail -n 1) || fail "no signature"
set -- $(echo "$range" | tr -d '[]')
hole=$3 after=$4 rest=$5
[ "$((after + rest))" -eq "$(wc -c < "$pdf")" ] || fail "the signature is not over the whole file"
{ head -c "$hole" "$pdf"; tail -c "+$((after + 1))" "$pdf"; } > "$work/content"
head -c "$((after - 1))" "$pdf" | tail -c "+$((hole + 2))" | tr a-f A-F | basenc --base16 -d > "$work/signature"

# SignerInfo: [0] the signed attributes, then the algorithm, then the signature.
openssl asn1parse -inform DER -in "$work/signature" > "$work/parts" 2> "$work/errors" || [ -s "$work/parts" ] || fail "no DER"
grep -q ':SM2-with-SM3' "$work/parts" || fail "not an SM2 signature"
line=$(grep 'd=5 .*cont \[ 0 \]' "$work/parts" | tail -n 1)
at=$(echo "$line" | sed 's/^ *\([0-9]*\):.*/\1/') head=$(echo "$line" | sed 's/.*hl= *\([0-9]*\).*/\1/') length=$(echo "$line" | sed 's/.*l= *\([0-9]*\) cons.*/\1/')
# They were signed as a set (RFC 5652, 5.4): its mark stands in place of the implicit one.
{ printf '\061'; tail -c "+$((at + 2))" "$work/signature" | head -c "$((head + length - 1))"; } > "$work/attributes"
grep 'd=5 .*OCTET STRING' "$work/parts" | tail -n 1 | sed 's/.*DUMP\]://' | basenc --base16 -d > "$work/value"
stated=$(grep -A 2 'd=7 .*:messageDigest' "$work/parts" | tail -n 1 | sed 's/.*DUMP\]://' | tr A-F a-f)
[ "$stated" = "$(openssl dgst -sm3 -r "$work/content" | cut -d ' ' -f 1)" ] || fail "the document was changed"

# Any certificate of the file may be the signer's.
awk -v work="$work" '/BEGIN CERTIFICATE/ { n++ } n { print > (work "/" n ".pem") }' "$signer"
for paper in "$work"/*.pem; do
	openssl x509 -in "$paper" -noout -pubkey > "$work/key"
	openssl dgst -sm3 -verify "$work/key" -sigopt distid:1234567812345678 -signature "$work/value" "$work/attributes" 2> "$work/errors" && exit 0
done
fail "by none of these certificates"
