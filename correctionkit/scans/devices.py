"""Names that devices and programs leave in pictures."""

from __future__ import annotations

import re

# Makers of phones, as EXIF spells them.  Makers that also sell copiers under the same
# name (Sharp, Kyocera, Panasonic, Lenovo, Toshiba) are left out: the name proves nothing.
PHONE_MAKERS = re.compile(
    r"apple|samsung|huawei|honor\b|xiaomi|redmi|poco\b|oppo|vivo\b|oneplus|realme|meizu|nubia"
    r"|zte\b|google|motorola|nokia|hmd global|htc|lge|lg electronics|sony mobile|blackberry"
    r"|smartisan|letv|leeco|gionee|coolpad|hisense|tecno|infinix|itel\b|transsion|fairphone"
    r"|asus|iqoo|nothing\b",
    re.IGNORECASE,
)

SCANNERS = re.compile(
    r"scan|epson|imagerunner|imageclass|imagepress|bizhub|konica|minolta|ricoh|aficio"
    r"|xerox|workcentre|versalink|altalink|docucentre|apeosport|kyocera|ecosys|taskalfa"
    r"|brother|lexmark|kodak i\d|fujitsu|\bfi-\d|avision|plustek|microtek|mustek|uniscan"
    r"|laserjet|officejet|deskjet|pixma|twain|\bwia\b|naps2|silverfast|vuescan|paperport"
    r"|\bmfp\b|\bmfc-|\bdcp-|pantum|pixlab|\bscx-|\bclx-|xpress|sl-m\d|e-studio"
    r"|czur|eloam|高拍仪|良田|扫描|方正|中晶|哲林|紫光|汉王|立思辰|奔图",
    re.IGNORECASE,
)

SCREENSHOT_TOOLS = re.compile(
    r"screen[ _-]?shot|screen[ _-]?capture|screencapture|screengrab|screen[ _-]?clip"
    r"|snipping|snip ?& ?sketch|snipaste|sharex|greenshot|lightshot|picpick|snagit|faststone"
    r"|fscapture|hypersnap|screenpresso|monosnap|skitch|cleanshot|xnip|ishot|flameshot|ksnip"
    r"|spectacle|shottr|\bscrot\b|\bmaim\b|\bgrim\b|gyazo|nimbus|winsnap|hardcopy|qqsnap"
    r"|截图|截屏|屏幕快照|截圖|擷取|螢幕",
    re.IGNORECASE,
)

# Pixel sizes of phones, tablets and monitors in use, the short side first.
SCREENS: frozenset[tuple[int, int]] = frozenset(
    {
        # phones
        (480, 800),
        (480, 854),
        (540, 960),
        (640, 960),
        (640, 1136),
        (720, 1280),
        (720, 1440),
        (720, 1480),
        (720, 1520),
        (720, 1544),
        (720, 1560),
        (720, 1600),
        (720, 1612),
        (720, 1650),
        (750, 1334),
        (828, 1792),
        (1080, 1920),
        (1080, 2040),
        (1080, 2160),
        (1080, 2220),
        (1080, 2240),
        (1080, 2244),
        (1080, 2246),
        (1080, 2248),
        (1080, 2280),
        (1080, 2310),
        (1080, 2312),
        (1080, 2316),
        (1080, 2340),
        (1080, 2376),
        (1080, 2388),
        (1080, 2400),
        (1080, 2408),
        (1080, 2412),
        (1080, 2460),
        (1080, 2520),
        (1116, 2484),
        (1125, 2436),
        (1170, 2532),
        (1176, 2400),
        (1179, 2556),
        (1200, 2640),
        (1200, 2652),
        (1200, 2664),
        (1200, 2670),
        (1206, 2622),
        (1212, 2616),
        (1216, 2640),
        (1216, 2688),
        (1220, 2656),
        (1220, 2664),
        (1220, 2712),
        (1224, 2700),
        (1228, 2700),
        (1240, 2772),
        (1242, 2208),
        (1242, 2688),
        (1256, 2760),
        (1260, 2720),
        (1260, 2736),
        (1260, 2800),
        (1264, 2780),
        (1280, 2800),
        (1284, 2778),
        (1290, 2796),
        (1312, 2848),
        (1320, 2868),
        (1344, 2772),
        (1440, 2560),
        (1440, 2880),
        (1440, 2960),
        (1440, 3040),
        (1440, 3088),
        (1440, 3120),
        (1440, 3168),
        (1440, 3200),
        (1440, 3216),
        # tablets
        (768, 1024),
        (800, 1280),
        (1200, 1920),
        (1200, 2000),
        (1488, 2266),
        (1536, 2048),
        (1600, 2560),
        (1620, 2160),
        (1640, 2360),
        (1668, 2224),
        (1668, 2388),
        (1668, 2420),
        (1800, 2880),
        (2048, 2732),
        (2064, 2752),
        # monitors and notebooks
        (480, 640),
        (600, 800),
        (600, 1024),
        (768, 1280),
        (768, 1360),
        (768, 1366),
        (864, 1152),
        (864, 1536),
        (900, 1440),
        (900, 1600),
        (960, 1280),
        (1024, 1280),
        (1050, 1400),
        (1050, 1680),
        (1080, 2560),
        (1152, 2048),
        (1200, 1600),
        (1280, 1920),
        (1280, 2048),
        (1440, 2160),
        (1440, 3440),
        (1504, 2256),
        (1600, 2880),
        (1600, 3840),
        (1620, 2880),
        (1664, 2560),
        (1800, 3200),
        (1864, 2880),
        (1920, 2880),
        (1920, 3072),
        (1964, 3024),
        (2000, 3000),
        (2160, 3840),
        (2160, 4096),
        (2234, 3456),
        (2400, 3840),
        (1440, 5120),
        (1824, 2736),
        (2160, 5120),
        (2304, 4096),
        (2520, 4480),
        (2880, 5120),
        (3384, 6016),
    }
)


def is_screen_size(width: int, height: int) -> bool:
    """Tell whether a picture is exactly as large as a common screen, either way round."""
    return (min(width, height), max(width, height)) in SCREENS
