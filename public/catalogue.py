"""The collection in the words of DCAT-AP: for catalogues of open data. One data set for all, one a year."""

from django.conf import settings
from django.urls import reverse

from public import licence

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
TITLE = "지도·점검 결과 공개본"
DESCRIPTION = "민간위탁 사무와 시설의 지도·점검 결과보고 가운데 공개하는 부분"
JSON_TYPE = "https://www.iana.org/assignments/media-types/application/json"
ATOM_TYPE = "https://www.iana.org/assignments/media-types/application/atom+xml"


def catalogue(facets, absolute):
    home = absolute(reverse("public:home"))
    datasets = [_dataset(f"{home}#all", TITLE, "", absolute, feed=True)]
    datasets += [
        _dataset(f"{home}#{facet.value}", f"{TITLE} {facet.value}년", f"?year={facet.value}", absolute)
        for facet in facets.years
    ]
    catalog = {
        "@context": CONTEXT,
        "@id": absolute(reverse("public:catalog")),
        "@type": "dcat:Catalog",
        "foaf:homepage": {"@id": home},
        "dcat:dataset": datasets,
    }
    return catalog | _described(TITLE) | _modified(facets.changed_at)


def _dataset(key, title, query, absolute, *, feed=False):
    json = _distribution(absolute(reverse("public:api") + query), "application/json", JSON_TYPE)
    json["dct:conformsTo"] = {"@id": absolute(reverse("public:documents_schema"))}
    atom = _distribution(absolute(reverse("public:atom")), "application/atom+xml", ATOM_TYPE)
    return {
        "@id": key,
        "@type": "dcat:Dataset",
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/CONT"},
        "dcat:landingPage": {"@id": absolute(reverse("public:documents") + query)},
        "dcat:distribution": [json, atom] if feed else [json],
        **_described(title),
    }


def _distribution(url, title, media_type):
    return {
        "@type": "dcat:Distribution",
        "dct:title": title,
        "dcat:accessURL": {"@id": url},
        "dcat:mediaType": {"@id": media_type},
        "dct:license": {"@id": licence.URL},
    }


def _described(title):
    return {
        "dct:title": {"@value": title, "@language": "ko"},
        "dct:description": {"@value": DESCRIPTION, "@language": "ko"},
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/KOR"},
        "dct:license": {"@id": licence.URL},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": settings.ORGANISATION_NAME or "살핌"},
    }


def _modified(moment):
    return {"dct:modified": moment.isoformat()} if moment else {}
