# Runs a command to its end and says on the last line what the kernel has counted: wall seconds, CPU seconds, peak resident KiB.
import os
import sys
import time

start = time.monotonic()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
wall = time.monotonic() - start
print("%.3f %.3f %d" % (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss), flush=True)
sys.exit(os.waitstatus_to_exitcode(status))
