"""Read a network of a `.safetensors` file: ours, or a `state_dict` of anybody's. What is wrong is one sentence.

The file may be damaged, foreign or hostile: its own library checks that the table of contents fits the file, this
that it isn't too large, that the arrays are a network's, of sizes that this program has, and that all are numbers.
Which array is which is told by the names that PyTorch gives them: those of one `nn.RNN`, `nn.GRU` or `nn.LSTM`, and the
`weight` and `bias` of one `nn.Linear`, each after whatever its module is called.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..extras import require
from ..files.checkpoint_guard import CheckpointError, open_regular
from ..files.fields import FieldError
from ..network.model import declared_by
from ..network.parameters import Parameters, size_of
from ..network.stack import CELLS
from ..settings import LARGEST_SIZE, MOST_LAYERS, Settings
from ..text.visible import readable
from ..text.vocabulary import UNICODE, Vocabulary
from ..training.room import free
from .layout import BODY, HEAD, from_torch, torch_names, torch_shapes
from .portable import ExchangeError, Known

SUFFIX = ".safetensors"
MOST_CONTENTS = 1 << 25  # bytes of a table of contents; a million symbols take 20 MB
MOST_ARRAYS = 4 * MOST_LAYERS + 2
MOST_SHOWN = 80  # characters of a name in it
DTYPES = {"F32": "float32", "F64": "float64"}
FIRST = torch_names(0)[0]
Shape = tuple[int, ...]


class NetworkFile(NamedTuple):
    """A network that was read. Where the file doesn't say, `vocabulary` and `step` are None, `settings` defaults."""

    settings: Settings
    weights: Parameters
    vocabulary: Vocabulary | None
    step: int | None


class _Form(NamedTuple):
    """What kind of network arrays of these names and shapes are; `names` of the file by those of `layout`."""

    cell: str
    layers: int
    inputs: int
    hidden: int
    names: dict[str, str]


def read_safetensors(path: Path) -> NetworkFile:
    """The network in a file. Raises ExchangeError; MissingExtraError where the library isn't there."""
    require("these files need", "safetensors", "export")
    from safetensors import safe_open

    with _one_sentence(path):
        _check_size(path)
        with safe_open(path, framework="np") as file:
            texts: Mapping[str, str] = file.metadata() or {}
            names = list(file.keys())
            if len(names) > MOST_ARRAYS:
                raise ExchangeError(f"holds {len(names):,} arrays, more than a network of this program has")
            slices = {name: file.get_slice(name) for name in names}
            known = Known.of(texts)
            form = _form_of({name: tuple(part.get_shape()) for name, part in slices.items()})
            dtypes = {part.get_dtype() for part in slices.values()}
            if len(dtypes) > 1 or not dtypes <= set(DTYPES):
                raise ExchangeError(f"has to be all in float32 or all in float64, not in {', '.join(sorted(dtypes))}")
            settings, vocabulary, step = _checked(known, form, DTYPES[dtypes.pop()])
            table = declared_by(settings, form.inputs)
            if 2 * size_of(table) * np.dtype(settings.dtype).itemsize > free():  # a file may have holes
                raise MemoryError
            tensors = {ours: file.get_tensor(theirs) for ours, theirs in form.names.items()}
    with _one_sentence(path):
        for ours, tensor in tensors.items():
            if not np.isfinite(tensor).all():
                raise ExchangeError(f"holds what is no number, in {form.names[ours][-MOST_SHOWN:]}")
        weights = Parameters(table, settings.dtype)
        with np.errstate(over="ignore"):  # of two biases; a run doesn't begin with what comes of it
            from_torch(tensors, form.cell, form.layers, weights)
        return NetworkFile(settings, weights, vocabulary, step)


def _checked(known: Known | None, form: _Form, dtype: str) -> tuple[Settings, Vocabulary | None, int | None]:
    """The options, the symbols and the steps; where the file doesn't say them, the network as it is and no more."""
    if known is None:
        return Settings(form.hidden, dtype=dtype, cell=form.cell, layers=form.layers), None, None
    s = known.settings
    if (s.cell, s.layers, s.hidden_size) != (form.cell, form.layers, form.hidden):
        raise ExchangeError("says it holds another network than it does")
    if len(known.vocabulary) != form.inputs:
        raise ExchangeError(f"names {len(known.vocabulary):,} symbols for a network that reads {form.inputs:,}")
    return replace(s, dtype=dtype), known.vocabulary, known.step


def _check_size(path: Path) -> None:
    """Whether the table of contents is as long as it says, and not so long that reading it is a burden."""
    with open_regular(path) as file:
        length = int.from_bytes(file.read(8), "little")
        size = file.seek(0, 2)
    if not 0 < length <= size - 8:
        raise ExchangeError("is no .safetensors file, or it is cut off")
    if length > MOST_CONTENTS:
        raise ExchangeError("has a table of contents that is too large to be a network's")


def _form_of(shapes: Mapping[str, Shape]) -> _Form:
    """The form of the network that these are of. Raises ExchangeError, which says what doesn't fit."""
    bodies = [name.removesuffix(FIRST) for name in shapes if name.endswith(FIRST)]
    if len(bodies) != 1:
        what = "none" if not bodies else f"{len(bodies):,}"
        raise ExchangeError(f"has to hold one recurrent network, with weights “…{FIRST}”, and holds {what}")
    body = bodies[0]
    heads = [name.removesuffix("weight") for name in shapes if name.endswith("weight") and len(shapes[name]) == 2]
    if len(heads) != 1:
        what = "none" if not heads else ", ".join(f"“{readable(name)}weight”" for name in heads)
        raise ExchangeError(f"has to hold one matrix of outputs, “…weight”, and holds {what[:MOST_SHOWN]}")
    head = heads[0]
    hidden, inputs = shapes[head + "weight"][1], shapes[body + FIRST][-1]
    layers = sum(name.startswith(f"{body}weight_hh_l") for name in shapes)
    cell = _cell(shapes.get(f"{body}weight_hh_l0", ()))
    if not 1 <= hidden <= LARGEST_SIZE or not 1 <= layers <= MOST_LAYERS or not 2 <= inputs <= UNICODE:
        raise ExchangeError(f"has {layers:,} layers of {hidden:,} units that read {inputs:,} symbols, which can't be")
    names = {}
    for ours, shape in torch_shapes(cell, layers, inputs, hidden, inputs).items():
        theirs = body + ours.removeprefix(BODY) if ours.startswith(BODY) else head + ours.removeprefix(HEAD)
        if theirs not in shapes:
            raise ExchangeError(f"has no {theirs[-MOST_SHOWN:]}, which such a network has")
        if shapes[theirs] != shape:
            found, due = (" × ".join(map(str, s)) or "a number" for s in (shapes[theirs], shape))
            raise ExchangeError(f"has {theirs[-MOST_SHOWN:]} as {found}, where it has to be {due}")
        names[ours] = theirs
    others = set(shapes) - set(names.values())
    if others:
        raise ExchangeError(f"holds {min(others)[:MOST_SHOWN]}, which no network of this program has")
    return _Form(cell, layers, inputs, hidden, names)


def _cell(recurrent: Shape) -> str:
    """What units have recurrent weights of this shape: G H rows of H."""
    for name, kind in CELLS.items():
        if len(recurrent) == 2 and recurrent[0] == len(kind.GATES) * recurrent[1]:
            return name
    raise ExchangeError("has no recurrent weights of an RNN, a GRU or an LSTM")


@contextmanager
def _one_sentence(path: Path) -> Iterator[None]:
    """Whatever goes wrong in reading is an ExchangeError that names the file."""
    shown = f"“{readable(str(path))}”"
    try:
        yield
    except FileNotFoundError:
        raise ExchangeError(f"there is no file {shown}") from None
    except IsADirectoryError:
        raise ExchangeError(f"{shown} is a folder, not a {SUFFIX} file") from None
    except CheckpointError as error:
        raise ExchangeError(f"{shown} {error}") from None
    except OSError as error:
        raise ExchangeError(f"{shown} can't be read: {error.strerror or 'it is damaged'}") from None
    except FieldError as error:
        raise ExchangeError(f"{shown} doesn't say rightly what it holds: {error}") from None
    except MemoryError:
        raise ExchangeError(f"there isn't enough memory for {shown}") from None
    except Exception:  # whatever a damaged file makes of the library that reads it
        raise ExchangeError(f"{shown} is no {SUFFIX} file, or it is damaged or cut off") from None
