"""Compares a wheel with the addon's folder: every file that Odoo reads must be in it.

usage: check_wheel.py WHEEL ADDON_FOLDER
"""

import ast
import sys
import zipfile
from pathlib import Path


def wanted_files(addon):
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    wanted = {"__manifest__.py", "__init__.py"}
    wanted.update(manifest.get("data", []), manifest.get("demo", []))
    for pattern in ("**/*.py", "**/*.csv", "**/*.sql", "i18n/*.po*", "static/**/*"):
        wanted.update(
            path.relative_to(addon).as_posix()
            for path in addon.glob(pattern)
            if path.is_file()
        )
    return wanted


def main(wheel, addon):
    prefix = f"odoo/addons/{addon.name}/"
    names = set(zipfile.ZipFile(wheel).namelist())
    missing = sorted(n for n in wanted_files(addon) if prefix + n not in names)
    strays = sorted(n for n in names if "/." in n or "__pycache__" in n)
    for name in missing:
        print(f"missing in the wheel: {name}")
    for name in strays:
        print(f"not wanted in the wheel: {name}")
    print(f"{wheel.name}: {len(names)} files")
    return 1 if missing or strays else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
