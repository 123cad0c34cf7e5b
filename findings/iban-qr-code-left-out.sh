#!/usr/bin/env bash
# npm iban-qr-code 1.0.0 beside sepa-payment-code 1.0.3 and sepa-payment-qr-code 2.0.2: the QR code to pay a fee.
#
# The guess: a field that is left out is empty in the code, where the format lets it be: whoever pays is asked for the
# amount, and the bank follows from the IBAN. The README of iban-qr-code shows the fields with '' and an amount of
# '0.00'.
# What happens: in girocode a field that is left out is that of an example in its source. A code made of a name and an
# IBAN is about 19.05 euros, with the purpose "Testsubject", at the bank DEZZZYYYXXX, which is not the one of the IBAN;
# with an amount, the bank and the purpose are still there. bezahlcode, of the same package, has empty ones, so a test
# with that shows nothing. Another guess failed too, that a library that checks the range of an amount writes it as the
# format has it, with two decimals at most: a sum of the fees 33.10 and 66.20 is EUR99.30000000000001 in
# sepa-payment-code, as in girocode. In sepa-payment-qr-code it is EUR99.30.
# The way out: hand girocode all fields, with '' for what there is not, and amounts as texts with a point and two
# decimals. We make no codes for payments, and our amounts are such texts in JSON.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts iban-qr-code@1.0.0 sepa-payment-code@1.0.3 \
  sepa-payment-qr-code@2.0.2 >/dev/null 2>&1

cat >main.cjs <<'JS'
const { girocode, bezahlcode } = require('iban-qr-code');
const { PaymentCode } = require('sepa-payment-code');
const generate = require('sepa-payment-qr-code');

const name = 'Pam Example';
const iban = 'DE89370400440532013000'; // the example of Germany in the registry of IBANs
const show = (title, code) => console.log(`${title}: ${code.trimEnd().replace(/\n/g, '|')}`);
show('girocode, name and IBAN', girocode({ name, iban }));
show('bezahlcode, name and IBAN', bezahlcode({ name, iban }));
show('sepa-payment-qr-code, name and IBAN', generate({ name, iban, amount: null }));
show('girocode, with an amount', girocode({ name, iban, amount: '950.00' }));
show('girocode, with all', girocode({ name, iban, bic: '', amount: '950.00', reason: 'Reel' }));
const amount = 33.1 + 66.2;
show('girocode, a sum', girocode({ name, iban, bic: '', amount, reason: 'Reel' }));
show('sepa-payment-code, a sum', new PaymentCode(name, iban, amount, undefined, 'Reel').getPayload());
show('sepa-payment-qr-code, a sum', generate({ name, iban, amount, unstructuredReference: 'Reel' }));
JS
seen=$(node main.cjs)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
girocode, name and IBAN: BCD|001|2|SCT|DEZZZYYYXXX|Pam Example|DE89370400440532013000|EUR19.05|||Testsubject
bezahlcode, name and IBAN: bank://singlepaymentsepa?bic=&name=Pam%20Example&iban=DE89370400440532013000&amount=0%2C00&separeference=&reason=
sepa-payment-qr-code, name and IBAN: BCD|002|1|SCT||Pam Example|DE89370400440532013000
girocode, with an amount: BCD|001|2|SCT|DEZZZYYYXXX|Pam Example|DE89370400440532013000|EUR950.00|||Testsubject
girocode, with all: BCD|001|2|SCT||Pam Example|DE89370400440532013000|EUR950.00|||Reel
girocode, a sum: BCD|001|2|SCT||Pam Example|DE89370400440532013000|EUR99.30000000000001|||Reel
sepa-payment-code, a sum: BCD|002|1|SCT||Pam Example|DE89370400440532013000|EUR99.30000000000001|||Reel
sepa-payment-qr-code, a sum: BCD|002|1|SCT||Pam Example|DE89370400440532013000|EUR99.30|||Reel
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
