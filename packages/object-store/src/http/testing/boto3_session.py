"""What programs do with boto3's client and resource; each assertion names what it is about."""

import io
import os
import sys
import tempfile
import threading

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, certificate, key_arn = sys.argv[1:4]
verify = certificate or None


def options(**more):
    return {
        "endpoint_url": endpoint,
        "region_name": "eu-central-1",
        "verify": verify,
        "config": Config(signature_version="s3v4", retries={"max_attempts": 1}, **more),
    }


client = boto3.client("s3", **options())
resource = boto3.resource("s3", **options())
name = "boto3-bucket-" + ("tls" if endpoint.startswith("https") else "plain")
sealed = {"ServerSideEncryption": "aws:kms"}


def code_of(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def passed(what):
    print("passed:", what, flush=True)


client.create_bucket(
    Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
)
assert name in [bucket["Name"] for bucket in client.list_buckets()["Buckets"]]
client.head_bucket(Bucket=name)
assert client.get_bucket_location(Bucket=name)["LocationConstraint"] == "eu-central-1"
passed("buckets")

put = client.put_object(Bucket=name, Key="a/b c+ü😀.txt", Body=b"hello", Metadata={"x": "1"}, **sealed)
assert put["ServerSideEncryption"] == "aws:kms" and put["SSEKMSKeyId"] == key_arn
assert put["BucketKeyEnabled"] is True
got = client.get_object(Bucket=name, Key="a/b c+ü😀.txt")
assert got["Body"].read() == b"hello" and got["Metadata"] == {"x": "1"}
head = client.head_object(Bucket=name, Key="a/b c+ü😀.txt")
assert head["ContentLength"] == 5 and head["ETag"] == put["ETag"]
part = client.get_object(Bucket=name, Key="a/b c+ü😀.txt", Range="bytes=1-2")
assert part["Body"].read() == b"el" and part["ContentRange"] == "bytes 1-2/5"
assert code_of(lambda: client.get_object(Bucket=name, Key="none")) == "NoSuchKey"
assert code_of(lambda: client.head_object(Bucket=name, Key="none")) == "404"
passed("objects")

for number in range(25):
    client.put_object(Bucket=name, Key=f"walk/{number % 5}/{number:02}", Body=b"", **sealed)
bucket = resource.Bucket(name)
assert len(list(bucket.objects.filter(Prefix="walk/"))) == 25
assert len(list(bucket.objects.filter(Prefix="walk/").page_size(4))) == 25
assert "a/b c+ü😀.txt" in [each.key for each in bucket.objects.all()]
pages = client.get_paginator("list_objects_v2").paginate(
    Bucket=name, Prefix="walk/", Delimiter="/", PaginationConfig={"PageSize": 2}
)
prefixes = [each["Prefix"] for page in pages for each in page.get("CommonPrefixes", [])]
assert prefixes == [f"walk/{number}/" for number in range(5)], prefixes
passed("listings")

config = TransferConfig(multipart_threshold=5 * 2**20, multipart_chunksize=5 * 2**20)
content = os.urandom(17 * 2**20 + 3)
with tempfile.TemporaryDirectory() as folder:
    source, target = os.path.join(folder, "source"), os.path.join(folder, "target")
    with open(source, "wb") as file:
        file.write(content)
    client.upload_file(source, name, "large", ExtraArgs=sealed, Config=config)
    assert client.head_object(Bucket=name, Key="large")["ETag"].endswith('-4"')
    client.download_file(name, "large", target, Config=config)
    with open(target, "rb") as file:
        assert file.read() == content
buffer = io.BytesIO()
resource.Object(name, "large").download_fileobj(buffer)
assert buffer.getvalue() == content
resource.Object(name, "fileobj").upload_fileobj(io.BytesIO(b"stream"), ExtraArgs=sealed)
passed("transfers")

bucket.copy({"Bucket": name, "Key": "large"}, "copied", ExtraArgs=sealed, Config=config)
assert client.get_object(Bucket=name, Key="copied")["Body"].read() == content
client.copy_object(Bucket=name, Key="small copy", CopySource={"Bucket": name, "Key": "fileobj"}, **sealed)
assert client.get_object(Bucket=name, Key="small copy")["Body"].read() == b"stream"
passed("copies")

client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
client.put_object(Bucket=name, Key="versions", Body=b"1", **sealed)
client.put_object(Bucket=name, Key="versions", Body=b"2", **sealed)
client.delete_object(Bucket=name, Key="versions")
listed = client.list_object_versions(Bucket=name, Prefix="versions")
assert len(listed["Versions"]) == 2 and len(listed["DeleteMarkers"]) == 1
assert resource.BucketVersioning(name).status == "Enabled"
client.put_object_tagging(Bucket=name, Key="fileobj", Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
assert client.get_object_tagging(Bucket=name, Key="fileobj")["TagSet"] == [{"Key": "a", "Value": "b"}]
passed("versions and tags")

url = client.generate_presigned_url("get_object", Params={"Bucket": name, "Key": "fileobj"}, ExpiresIn=60)
import ssl
import urllib.request

context = ssl.create_default_context(cafile=certificate) if certificate else None
assert urllib.request.urlopen(url, context=context).read() == b"stream"
try:
    import pandas

    client.put_object(Bucket=name, Key="table.csv", Body=b"a,b\n1,2\n3,4\n", **sealed)
    url = client.generate_presigned_url("get_object", Params={"Bucket": name, "Key": "table.csv"})
    with urllib.request.urlopen(url, context=context) as answer:
        assert list(pandas.read_csv(answer)["b"]) == [2, 4]
except ImportError:
    pass
passed("presigned URLs")

failures = []


def write(number):
    own = boto3.session.Session().client("s3", **options())
    try:
        own.put_object(Bucket=name, Key=f"parallel/{number}", Body=os.urandom(100_000), **sealed)
    except ClientError as error:
        failures.append(error)


threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not failures, failures
passed("parallel writes")

wrong = boto3.client("s3", aws_access_key_id="AKIAALICEALICEALICE1", aws_secret_access_key="no", **options())
assert code_of(lambda: wrong.list_buckets()) == "SignatureDoesNotMatch"
unknown = boto3.client("s3", aws_access_key_id="AKIANOBODYNOBODYNOB1", aws_secret_access_key="no", **options())
assert code_of(lambda: unknown.list_buckets()) == "InvalidAccessKeyId"
assert code_of(lambda: client.put_object(Bucket=name, Key="denied/x", Body=b"", **sealed)) == "AccessDenied"
passed("refusals")

bucket.object_versions.delete()
assert list(bucket.objects.all()) == []
client.delete_bucket(Bucket=name)
passed("deletion")
