"""Make the fonts of the pictures: ``python tools/fonts.py FOLDER`` writes ``kg/view/fonts``.

In: a folder with NotoSans-Regular.ttf and NotoSans-Bold.ttf (Debian's ``fonts-noto-core`` has them in
/usr/share/fonts/truetype/noto). Out: the same with the signs of European languages and Vietnamese alone, and
``widths.json``, how far each sign takes the pen on, in thousandths of the size. Needs fonttools, which
nothing else does: ``pip install fonttools``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "kg" / "view" / "fonts"
STYLES = ("Regular", "Bold")
#: Blocks of Unicode: Latin with all its additions, combining accents, Greek, Cyrillic, punctuation, signs.
BLOCKS = (
    *((0x20, 0x7F), (0xA0, 0x250), (0x300, 0x304), (0x309, 0x30A), (0x31B, 0x31C), (0x323, 0x324)),
    *(
        (0x370, 0x460),
        (0x1E00, 0x1F00),
        (0x2010, 0x2028),
        (0x202F, 0x203B),
        (0x20AB, 0x20AD),
        (0x2116, 0x2117),
    ),
    *((0x2122, 0x2123), (0x2212, 0x2213)),
)


def main() -> int:
    """Write both fonts and the widths."""
    from fontTools import subset  # type: ignore[import-not-found]
    from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

    widths = {}
    for style in STYLES:
        font = TTFont(Path(sys.argv[1]) / f"NotoSans-{style}.ttf", recalcTimestamp=False)
        options = subset.Options(hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
        options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[code for low, high in BLOCKS for code in range(low, high)])
        subsetter.subset(font)
        font.save(OUT / f"NotoSans-{style}.ttf")
        scale = 1000 / font["head"].unitsPerEm
        signs = font.getBestCmap().items()
        widths[style.lower()] = {chr(code): round(font["hmtx"][name][0] * scale) for code, name in signs}
    text = json.dumps(widths, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (OUT / "widths.json").write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
