"""SEPA code of a payment (EPC069-12), drawn fast: core's drawing takes 25 ms each."""

import base64
import io

from PIL import Image
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from odoo.tools.image import image_data_uri

PIXELS = 3  # of a module
QUIET = 2  # modules around; the payment box is white around them
MASK = 3  # any mask reads well: choosing the best of eight is what takes time


def sepa_code(account, amount, reference, currency, debtor):
    """Data URI of the code, "" where the account does not allow it.

    What it holds, and whether it may be printed, is core's decision.
    """
    values = account._build_qr_code_vals(amount, reference, "", currency, debtor)
    if not values:
        return ""
    if values["qr_method"] != "sct_qr":
        return account._get_qr_code_base64(**values) or ""
    return code_image("\n".join(account._get_qr_vals(**values)))


def code_image(content):
    """Data URI of a code that holds a text."""
    return image_data_uri(base64.b64encode(_png(content)))


def _png(content):
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(content)
    code.version = code.calculate_version()
    code.makeImpl(False, MASK)
    size = code.getModuleCount()
    side = size + 2 * QUIET
    image = Image.new("1", (side, side), 1)
    for row in range(size):
        for column in range(size):
            if code.isDark(row, column):
                image.putpixel((column + QUIET, row + QUIET), 0)
    buffer = io.BytesIO()
    image.resize((side * PIXELS, side * PIXELS)).save(buffer, "PNG")
    return buffer.getvalue()
