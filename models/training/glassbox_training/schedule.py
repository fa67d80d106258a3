"""The learning rate: warm-up by steps, then level, then linear to zero at the deadline (warm-up, stable, decay)."""

from dataclasses import dataclass

WARM_UP_STEPS = 60


@dataclass(frozen=True)
class Schedule:
    """When a start of the run ends and how long before that the rate falls, in seconds of the same clock.

    A run that has begun to fall goes on falling when it is started again, from the share it had reached (`reached`).
    """

    start: float
    deadline: float
    decay_seconds: float
    reached: float = 1.0

    def decays(self, now: float) -> bool:
        """Tell whether the rate falls at that time."""
        return self.decay_seconds > 0 and (self.reached < 1 or now >= self.deadline - self.decay_seconds)

    def factor(self, steps_since_start: int, now: float) -> float:
        """Return the share of the peak rate, after that many steps since the optimizers were made."""
        warm = min(1.0, (steps_since_start + 1) / WARM_UP_STEPS)
        if not self.decays(now):
            return warm
        whole = self.deadline - self.start if self.reached < 1 else self.decay_seconds
        return max(0.0, min(warm, self.reached * (self.deadline - now) / max(whole, 1e-9)))
