"""The flow that trains the models."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from corpus.annotated import load_folder
from flows.engine import flow
from flows.training import passage_examples, train_models
from models.learning import fit_hearing
from models.storage import FOLDER, save


@flow(name="train", description="Train the models on annotated documents")
def train(also: str = "", out: str = "") -> dict:
    """Train on the project's corpus and, when given, the annotated documents of the folder `also`; returns the card.

    The models go to the folder `out` (default: where the program looks for them). The same input gives the same weights.
    Raises AnnotationError on a malformed document, before anything is trained.
    """
    documents = [*load_folder(), *(load_folder(Path(also)) if also else [])]
    models = train_models(documents, fit_hearing(passage_examples()), metadata.version("opvolging"))
    save(models, Path(out) if out else FOLDER)
    return models.card
