"""The floor: bare Flask with one indexed query and Jinja, or a form with a token and one transaction."""

import os
import secrets

from flask import Flask, redirect, render_template, request, session
from jinja2 import DictLoader
from sqlalchemy import text
from werkzeug.wrappers import Response

from portal.kernel.db import make_engine

TEMPLATES = {
    "list.html": (
        "<!doctype html><title>Lijst</title><h1>Lijst</h1><ul>"
        "{% for row in rows %}<li><a href='/rondleidingen/{{ row.id }}'>{{ row.title }}</a> {{ row.n }}</li>"
        "{% endfor %}</ul>"
    ),
    "detail.html": "<!doctype html><title>{{ row.title }}</title><h1>{{ row.title }}</h1><p>{{ row.n }}</p>",
    "form.html": (
        "<!doctype html><title>Aanmelden</title><h1>Aanmelden</h1><form method='post' action=''>"
        "<input type='hidden' name='csrf_token' value='{{ token }}'><input name='voornaam'>"
        "<button>Ik ga mee</button></form>"
    ),
    "done.html": "<!doctype html><title>Klaar</title><h1>{{ status }}</h1>",
}

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", secrets.token_hex(32))
app.jinja_loader = DictLoader(TEMPLATES)
engine = make_engine(os.environ["DATABASE_URL"])


@app.get("/lijst")
def list_page() -> str:
    """Twenty rows of an indexed query."""
    with engine.connect() as db:
        rows = db.execute(text("SELECT id, title, n FROM floor_thing WHERE open = 1 ORDER BY n LIMIT 20")).all()
    return render_template("list.html", rows=rows)


@app.get("/rondleidingen/<int:thing_id>")
def detail(thing_id: int) -> str:
    """One row."""
    with engine.connect() as db:
        row = db.execute(text("SELECT id, title, n FROM floor_thing WHERE id = :id"), {"id": thing_id}).one()
    return render_template("detail.html", row=row)


@app.get("/rondleidingen/<int:thing_id>/aanmelden")
def form(thing_id: int) -> str:
    """A form with a token."""
    session["token"] = session.get("token") or secrets.token_hex(16)
    return render_template("form.html", token=session["token"])


@app.post("/rondleidingen/<int:thing_id>/aanmelden")
def register(thing_id: int) -> Response:
    """One transaction: take a place or join the list."""
    if request.form["csrf_token"] != session.get("token"):
        return Response("no", 400)
    with engine.begin() as db:
        taken = db.execute(
            text("UPDATE floor_thing SET n = n + 1 WHERE id = :id AND n < capacity"), {"id": thing_id}
        ).rowcount
        status = "confirmed" if taken else "waiting"
        db.execute(
            text("INSERT INTO floor_registration (thing_id, name, status) VALUES (:id, :name, :status)"),
            {"id": thing_id, "name": request.form["voornaam"], "status": status},
        )
    return redirect(f"/klaar/{status}", 303)


@app.get("/klaar/<status>")
def done(status: str) -> str:
    """What was decided."""
    return render_template("done.html", status=status)
