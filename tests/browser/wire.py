"""A wire between browser and server that can be cut: real connections that fail.

`wire.mode` decides what becomes of a request whose first line matches `wire.only`:

    open      passed on
    refused   closed before anything reaches the server
    lost      reaches the server; the reply never comes back
    broken    answered with 502 by the wire itself, as a proxy does whose server is gone
"""

import re
import select
import socket
import threading

BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Wire:
    def __init__(self, server_url):
        host, port = server_url.removeprefix("http://").rsplit(":", 1)
        self.server = (host, int(port))
        self.mode, self.only, self.counts = "open", re.compile(b""), {}
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(0.2)
        self.is_open = True
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return f"http://localhost:{self.listener.getsockname()[1]}"

    def set(self, mode, only=""):
        self.mode, self.only = mode, re.compile(only.encode())

    def close(self):
        self.is_open = False
        self.listener.close()

    def _accept(self):
        while self.is_open:
            try:
                client, _ = self.listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client):
        """One request a connection: the wire takes keep-alive away, so that each has its own fate."""
        with client:
            client.settimeout(30)
            try:
                head = self._head(client)
                mode = self.mode if self.only.search(head.split(b"\r\n", 1)[0]) else "open"
                self.counts[mode] = self.counts.get(mode, 0) + 1
                if mode == "refused" or not head:
                    return
                if mode == "broken":
                    client.sendall(BAD_GATEWAY)
                    return
                self._pass_on(client, head, is_lost=mode == "lost")
            except OSError:
                return  # the browser has gone away

    def _head(self, client):
        data = b""
        while b"\r\n\r\n" not in data:
            piece = client.recv(65536)
            if not piece:
                return b""
            data += piece
        return re.sub(rb"(?i)\r\nconnection: [^\r]*", b"", data, count=1).replace(
            b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1
        )

    def _pass_on(self, client, head, *, is_lost):
        with socket.create_connection(self.server, timeout=30) as server:
            server.sendall(head)
            while True:
                for ready in select.select([client, server], [], [], 30)[0]:
                    data = ready.recv(65536)
                    if ready is server:
                        if not data:
                            return
                        if not is_lost:
                            client.sendall(data)
                    elif data:
                        server.sendall(data)
                    else:
                        self._drain(server)
                        return

    def _drain(self, server):
        while server.recv(65536):
            pass
