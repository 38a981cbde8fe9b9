"""First thing in a bundle: programs that this one starts find the system's libraries, not the bundle's.

The bundle's starter puts its folder into LD_LIBRARY_PATH; this process has read it, its children must not.
"""

import os

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is not None:
    os.environ["LD_LIBRARY_PATH"] = _before
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
