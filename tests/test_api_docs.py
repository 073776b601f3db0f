"""The documentation of the JSON interface follows from what the interface is."""

from openapi_spec_validator import validate
from starlette.testclient import TestClient


def test_the_document_is_valid_openapi_3_1(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_operation_says_what_it_does(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]

    silent = [
        f"{method} {path}"
        for path, methods in paths.items()
        for method, operation in methods.items()
        if not operation.get("description")
    ]
    assert silent == []


def test_the_page_lists_every_filter_parameter(client: TestClient) -> None:
    page = client.get("/en/api/v1/docs").text

    assert "distance_substation_km_max" in page
    assert "POST /api/v1/sites/{reference}/transitions" in page


def test_the_api_info_names_the_documentation(client: TestClient) -> None:
    info = client.get("/api/v1/api-info").json()

    assert info["apiDocumentation"].endswith("/api/v1/docs")
