"""Reads {access, secret, token, requests} and writes each request as botocore signs and sends it."""
import json
import sys

from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

given = json.load(sys.stdin)
credentials = Credentials(given["access"], given["secret"], given["token"])
signers = {"header": (SigV4Auth, S3SigV4Auth), "query": (SigV4QueryAuth, S3SigV4QueryAuth)}
answers = []
for asked in given["requests"]:
    signer = signers[asked["form"]][asked["service"] == "s3"]
    body = asked.get("body", "").encode()
    request = AWSRequest(asked["method"], asked["url"], asked.get("headers", {}), body)
    signer(credentials, asked["service"], asked["region"]).add_auth(request)
    sent = request.prepare()
    headers = {name: value if isinstance(value, str) else value.decode() for name, value in sent.headers.items()}
    answers.append({"method": sent.method, "url": sent.url, "headers": headers, "body": body.decode()})
json.dump(answers, sys.stdout)
