"""Identification numbers that are right by their own checksums."""

from stdnum import luhn
from stdnum.fr import siren as fr_siren
from stdnum.fr import siret as fr_siret
from stdnum.fr import tva as fr_tva
from stdnum.gb import vat as gb_vat
from stdnum.iso7064 import mod_97_10


def make_siren(first_eight):
    return fr_siren.validate(first_eight + luhn.calc_check_digit(first_eight))


def random_siren(rng, prefix):
    missing = 8 - len(prefix)
    return make_siren(prefix + "".join(rng.choices("0123456789", k=missing)))


def make_siret(siren, establishment="0001"):
    body = siren + establishment
    return fr_siret.validate(body + luhn.calc_check_digit(body))


def make_vat(siren):
    return "FR" + fr_tva.validate(fr_siren.to_tva(siren))


def make_uk_vat(first_seven):
    weighted = sum(
        int(digit) * weight
        for digit, weight in zip(first_seven, range(8, 1, -1), strict=True)
    )
    return "GB" + gb_vat.validate(f"{first_seven}{97 - weighted % 97:02d}")


def make_iban(bank, branch, account):
    """French IBAN of an account of digits: RIB key, then the key of the IBAN."""
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    number = f"{bank}{branch}{account}{key:02d}"
    return f"FR{mod_97_10.calc_check_digits(f'{number}FR')}{number}"
