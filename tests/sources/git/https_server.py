"""Serves the repositories under ROOT by "git http-backend" on a loopback port to ann:secret, until standard input ends.

usage: https_server.py ROOT PORT_FILE [CERTIFICATE KEY]

Writes its port to PORT_FILE, and what arrives as Authorization, a line each, to ROOT/authorizations.
"""
import base64
import http.server
import os
import pathlib
import ssl
import subprocess
import sys
import threading

ROOT = pathlib.Path(sys.argv[1])
ACCEPTED = "Basic " + base64.b64encode(b"ann:secret").decode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        credentials = self.headers.get("Authorization")
        if credentials is not None:
            with open(ROOT / "authorizations", "a") as seen:
                seen.write(credentials + "\n")
        if credentials != ACCEPTED:
            return self.reply(401, [("WWW-Authenticate", 'Basic realm="docs"')], b"")
        return self.reply(*self.ask_git(body))

    do_POST = do_GET

    def ask_git(self, body):
        path, _, query = self.path.partition("?")
        environment = {"PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(ROOT), "GIT_HTTP_EXPORT_ALL": "1",
                       "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
                       "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command,
                       "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
                       "REMOTE_USER": "ann"}
        done = subprocess.run(["git", "http-backend"], input=body, env=environment, stdout=subprocess.PIPE, check=True)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = [tuple(line.split(": ", 1)) for line in head.decode().split("\r\n")]
        status = int(dict(headers).get("Status", "200").split()[0])
        return status, [header for header in headers if header[0] != "Status"], content

    def reply(self, status, headers, content):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3], sys.argv[4])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # A client that does not trust us hangs up.
threading.Thread(target=server.serve_forever, daemon=True).start()
with open(sys.argv[2], "w") as port_file:
    port_file.write(f"{server.server_port}\n")
sys.stdin.read()
