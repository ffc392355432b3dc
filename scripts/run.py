"""Start the portal on this machine: migrate, load the demo once, run the web server and the worker until Ctrl-C."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INSTANCE = ROOT / "instance"
GRACE_SECONDS = 10


def flask(*words: str) -> None:
    """Run one command of the portal; stop when it fails."""
    result = subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "portal", *words], cwd=ROOT, check=False)
    if result.returncode:
        sys.exit(result.returncode)


def port_is_free(host: str, port: int) -> bool:
    """Whether nothing listens there; the web server itself would share the port without a word."""
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) != 0


def start() -> list[subprocess.Popen[bytes]]:
    """The web server and the worker, each in a process of its own."""
    port = os.environ.get("PORT", "8000")
    host = os.environ.get("HOST", "127.0.0.1")
    web = [sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "4", "--reuse-port"]
    web += ["--bind", f"{host}:{port}", "--log-level", "warning", "wsgi:app"]
    worker = [sys.executable, "-m", "flask", "--app", "wsgi", "portal", "worker"]
    return [subprocess.Popen(command, cwd=ROOT, start_new_session=True) for command in (web, worker)]


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask both to stop, wait, insist."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    end = time.monotonic() + GRACE_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def main() -> int:
    """Everything in order; the exit code is 0 after Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reset", action="store_true", help="throw the data away, load the demo, and stop")
    if parser.parse_args().reset:
        shutil.rmtree(INSTANCE, ignore_errors=True)
        flask("db", "upgrade")
        flask("demo", "load")
        return 0
    port = os.environ.get("PORT", "8000")
    if not port_is_free(os.environ.get("HOST", "127.0.0.1"), int(port)):
        print(f"Something uses port {port} already. Stop it, or choose another: PORT=8080 make run", file=sys.stderr)
        return 1
    flask("db", "upgrade")
    flask("demo", "load", "--once")
    for number in (signal.SIGINT, signal.SIGTERM):  # also where the shell told its children to ignore Ctrl-C
        signal.signal(number, signal.default_int_handler)
    processes = start()
    flask("demo", "welcome")
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.3)
    except KeyboardInterrupt:
        stop(processes)
        return 0
    stop(processes)
    print("The web server or the worker stopped by itself; see the lines above.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
