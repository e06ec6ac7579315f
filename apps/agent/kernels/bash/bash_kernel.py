"""A Jupyter kernel for Bash: one shell for as long as the kernel runs, on ipykernel's machinery."""

import os
import selectors
import signal
import subprocess
import tempfile

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel

PATIENCE_SECONDS = 2.0
INTERRUPTED = 128 + signal.SIGINT
READ_BYTES = 65536


class Shell:
    """A bash that reads cells from files and tells each exit status on a descriptor of its own."""

    def __init__(self):
        commands, self._commands = os.pipe()
        self.statuses, statuses = os.pipe()
        # What runs in cells reads nothing of what is meant for the shell, and hears its own signals.
        self.process = subprocess.Popen(
            ["/bin/bash", "--norc", "--noprofile", f"/dev/fd/{commands}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(commands, statuses),
            start_new_session=True,
        )
        os.close(commands)
        os.close(statuses)
        self._status_number = statuses
        self._command_number = commands

    def run(self, path):
        # Closed for the cell: a program that stays in the background would hold them open.
        closed = f"{self._status_number}>&- {self._command_number}<&-"
        lines = [
            "trap 'return 130' INT",
            f". '{path}' {closed}",
            f'printf "%d\\n" "$?" >&{self._status_number}',
        ]
        os.write(self._commands, ("\n".join(lines) + "\n").encode())

    def interrupt(self):
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()
        os.close(self.statuses)
        os.close(self._commands)


class BashKernel(Kernel):
    implementation = "strongroom-bash"
    implementation_version = "1.0"
    banner = "Bash"
    language_info = {
        "name": "bash",
        "mimetype": "text/x-sh",
        "file_extension": ".sh",
        "codemirror_mode": "shell",
        "pygments_lexer": "bash",
    }

    def __init__(self, **options):
        super().__init__(**options)
        self._shell = Shell()

    def do_execute(self, code, silent, store_history=True, user_expressions=None, allow_stdin=False, **_):
        if not code.strip():
            return self._answer(0)
        with tempfile.NamedTemporaryFile("w", suffix=".sh", encoding="utf-8") as cell:
            cell.write(code)
            cell.flush()
            self._shell.run(cell.name)
            status = self._follow(silent)
        if status is None:
            self._say("stderr", "The shell ended; a new one begins without its variables.\n", silent)
            self._shell.end()
            self._shell = Shell()
            status = 1
        if status == 0:
            return self._answer(0)
        error = {
            "ename": "KeyboardInterrupt" if status == INTERRUPTED else "ExitCode",
            "evalue": str(status),
            "traceback": [f"Exit code {status}"],
        }
        if not silent:
            self.send_response(self.iopub_socket, "error", error)
        return {"status": "error", "execution_count": self.execution_count, **error}

    def do_shutdown(self, restart):
        self._shell.end()
        return {"status": "ok", "restart": restart}

    def _follow(self, silent):
        """Passes on what is printed until the exit status comes; None where the shell is gone."""
        shell = self._shell
        patience = None
        with selectors.DefaultSelector() as selector:
            streams = {shell.process.stdout.fileno(): "stdout", shell.process.stderr.fileno(): "stderr"}
            for number in (*streams, shell.statuses):
                selector.register(number, selectors.EVENT_READ)
            while True:
                try:
                    ready = [key.fd for key, _ in selector.select(patience)]
                    if patience is not None and not ready:
                        return None
                except KeyboardInterrupt:
                    # A cell that hears it ends; one that does not ends with its shell.
                    patience = PATIENCE_SECONDS
                    shell.interrupt()
                    continue
                for number in ready:
                    if number in streams:
                        text = os.read(number, READ_BYTES)
                        if text:
                            self._say(streams[number], text.decode("utf-8", "replace"), silent)
                        else:
                            selector.unregister(number)
                if shell.statuses in ready and not any(number in streams for number in ready):
                    line = os.read(shell.statuses, 64)
                    return int(line.split()[-1]) if line.strip() else None

    def _say(self, name, text, silent):
        if not silent:
            self.send_response(self.iopub_socket, "stream", {"name": name, "text": text})

    def _answer(self, _status):
        count = self.execution_count
        return {"status": "ok", "execution_count": count, "payload": [], "user_expressions": {}}


if __name__ == "__main__":
    IPKernelApp.launch_instance(kernel_class=BashKernel)
