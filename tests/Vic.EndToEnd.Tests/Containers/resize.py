# Types at `docker run -it` from a terminal that changes its size; prints what the container said.
import fcntl, os, pty, select, struct, sys, termios, time

LIMIT = 180


def resize(terminal, rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def read_until(terminal, seen, wanted, limit=LIMIT):
    end = time.monotonic() + limit
    while wanted not in seen:
        left = end - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            return None
        try:
            seen += os.read(terminal, 65536)
        except OSError:
            return None
    return seen


child, terminal = pty.fork()
if child == 0:
    # The shell begins when the terminal has its size.
    sys.stdin.readline()
    os.execvp(sys.argv[1], sys.argv[1:])

resize(terminal, 40, 100)
os.write(terminal, b"\n")
if read_until(terminal, b"", b"# ") is None:
    sys.exit("no prompt")

os.write(terminal, b"stty size\n")
if read_until(terminal, b"", b"40 100") is None:
    sys.exit("the size at the start did not arrive")

resize(terminal, 50, 120)
for attempt in range(60):
    os.write(terminal, b"stty size\n")
    if read_until(terminal, b"", b"50 120", 2) is not None:
        break
else:
    sys.exit("the new size did not arrive")

os.write(terminal, b"exit 9\n")
try:
    while os.read(terminal, 65536):
        pass
except OSError:
    pass
print("resized, ended with", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
