import threading

from charrnn.core.text.background import Background


def test_answers_come_one_after_the_other_and_are_kept():
    done = threading.Semaphore(0)
    desk, calls = Background(done.release), []
    for key in ("a", "b", "a"):
        desk.ask(key, lambda key=key: calls.append(key) or key.upper())
    assert done.acquire(timeout=10)
    assert done.acquire(timeout=10)
    assert (desk.answer("a"), desk.answer("b"), calls) == ("A", "B", ["a", "b"])


def test_a_question_that_fails_has_no_answer_and_the_next_one_still_gets_its():
    done = threading.Semaphore(0)
    desk = Background(done.release)
    desk.ask("bad", lambda: 1 / 0)
    desk.ask("good", lambda: 2)
    assert done.acquire(timeout=10)
    assert done.acquire(timeout=10)
    assert desk.answer("bad") is None
    assert desk.answer("good") == 2


def test_a_forgotten_answer_is_worked_out_again():
    done = threading.Semaphore(0)
    desk, results = Background(done.release), iter((1, 2))
    desk.ask("it", lambda: next(results))
    assert done.acquire(timeout=10)
    desk.forget("it")
    assert desk.answer("it") is None
    desk.ask("it", lambda: next(results))
    assert done.acquire(timeout=10)
    assert desk.answer("it") == 2


def test_a_forgotten_question_that_waits_is_not_worked_on():
    done, go, calls = threading.Semaphore(0), threading.Event(), []
    desk = Background(done.release)
    desk.ask("slow", lambda: go.wait(10))
    for number in range(5):
        desk.ask(number, lambda number=number: calls.append(number))
        if number < 4:
            desk.forget(number)
    go.set()
    for _ in range(2):
        assert done.acquire(timeout=10)
    assert calls == [4]
