"""A plain Singer tap of Zendesk tickets and their comments, written with singer-sdk the way its documentation shows:
the peer of scripts/bench tickets.

usage: tap_zendesk.py --config FILE       FILE: {"url": ".../api/v2"}
       tap_zendesk.py --payloads FILE     reads the answers from lines "URL<tab>BODY" instead of a server, and prints the
                                          processor seconds that the sync itself took to standard error
"""
import sys
import time
from urllib.parse import parse_qs, urlsplit

import requests
from requests.adapters import BaseAdapter
from singer_sdk import RESTStream, Tap
from singer_sdk import typing as th
from singer_sdk.pagination import JSONPathPaginator


class CursorPaginator(JSONPathPaginator):
    def has_more(self, response):
        return not response.json()["end_of_stream"]


class ZendeskStream(RESTStream):
    @property
    def url_base(self):
        return self.config["url"]


class Tickets(ZendeskStream):
    name = "tickets"
    path = "/incremental/tickets/cursor"
    records_jsonpath = "$.tickets[*]"
    primary_keys = ("id",)
    schema = th.PropertiesList(
        th.Property("id", th.IntegerType), th.Property("url", th.StringType), th.Property("subject", th.StringType),
        th.Property("raw_subject", th.StringType), th.Property("description", th.StringType),
        th.Property("status", th.StringType), th.Property("priority", th.StringType), th.Property("type", th.StringType),
        th.Property("created_at", th.DateTimeType), th.Property("updated_at", th.DateTimeType),
        th.Property("generated_timestamp", th.IntegerType), th.Property("requester_id", th.IntegerType),
        th.Property("submitter_id", th.IntegerType), th.Property("assignee_id", th.IntegerType),
        th.Property("organization_id", th.IntegerType), th.Property("group_id", th.IntegerType),
        th.Property("brand_id", th.IntegerType), th.Property("problem_id", th.IntegerType),
        th.Property("is_public", th.BooleanType), th.Property("has_incidents", th.BooleanType),
        th.Property("tags", th.ArrayType(th.StringType))).to_dict()

    def get_new_paginator(self):
        return CursorPaginator("$.after_cursor")

    def get_url_params(self, context, next_page_token):
        return {"cursor": next_page_token} if next_page_token else {"start_time": 0}

    def get_child_context(self, record, context):
        return {"ticket_id": record["id"]}


class Comments(ZendeskStream):
    name = "comments"
    path = "/tickets/{ticket_id}/comments"
    records_jsonpath = "$.comments[*]"
    primary_keys = ("id",)
    parent_stream_type = Tickets
    state_partitioning_keys = ()
    schema = th.PropertiesList(
        th.Property("id", th.IntegerType), th.Property("ticket_id", th.IntegerType), th.Property("type", th.StringType),
        th.Property("author_id", th.IntegerType), th.Property("body", th.StringType),
        th.Property("html_body", th.StringType), th.Property("plain_body", th.StringType),
        th.Property("public", th.BooleanType), th.Property("created_at", th.DateTimeType),
        th.Property("attachments", th.ArrayType(th.ObjectType(additional_properties=True)))).to_dict()


class TapZendesk(Tap):
    name = "tap-zendesk"
    config_jsonschema = th.PropertiesList(th.Property("url", th.StringType, required=True)).to_dict()

    def discover_streams(self):
        return [Tickets(self), Comments(self)]


class RecordedAnswers(BaseAdapter):
    """Answers with what was recorded, by path and cursor."""

    def __init__(self, file):
        super().__init__()
        with open(file, encoding="utf-8") as lines:
            recorded = (line.rstrip("\n").split("\t", 1) for line in lines)
            self.answers = {self.key(url): body.encode() for url, body in recorded}

    @staticmethod
    def key(url):
        parts = urlsplit(url)
        return parts.path, parse_qs(parts.query).get("cursor", [None])[0]

    def send(self, request, **_):
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url, request
        response.headers["Content-Type"], response.encoding = "application/json", "utf-8"
        response._content = self.answers[self.key(request.url)]
        return response

    def close(self):
        pass


def sync_recorded(file):
    answers = RecordedAnswers(file)
    plain = requests.Session.__init__

    def with_answers(session):
        plain(session)
        session.mount("https://", answers)

    requests.Session.__init__ = with_answers
    tap = TapZendesk(config={"url": "https://acme.zendesk.com/api/v2"})
    begun = time.process_time()
    tap.sync_all()
    print(time.process_time() - begun, file=sys.stderr)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--payloads"]:
        sync_recorded(sys.argv[2])
    else:
        TapZendesk.cli()
