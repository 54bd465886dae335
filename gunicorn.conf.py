"""How gunicorn serves the site; the command line only adds --bind."""

worker_class = "gthread"
workers = 2
threads = 4
max_requests = 2000
max_requests_jitter = 200
control_socket_disable = True
