"""Muon for the matrices (Jordan et al. 2024, "Muon: an optimizer for hidden layers"), AdamW for the rest."""

from collections import defaultdict

import torch
from torch import Tensor, nn


def orthogonalise(gradient: Tensor, steps: int = 5) -> Tensor:
    """Return about the nearest orthogonal matrices to gradient [n, rows, columns], by Newton-Schulz iteration."""
    a, b, c = 3.4445, -4.7750, 2.0315
    tall = gradient.shape[-2] > gradient.shape[-1]
    x = gradient.mT if tall else gradient
    x = x.bfloat16() if x.is_cuda else x
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return (x.mT if tall else x).to(gradient.dtype)


class Muon(torch.optim.Optimizer):
    """Momentum with orthogonalised updates, scaled so that a step changes every matrix by a like amount."""

    def __init__(
        self, parameters: list[nn.Parameter], lr: float, momentum: float = 0.95, weight_decay: float = 0.1
    ) -> None:
        """Take two-dimensional parameters only."""
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Update all parameters; matrices of one shape are orthogonalised together."""
        for group in self.param_groups:
            by_shape: dict[torch.Size, list[nn.Parameter]] = defaultdict(list)
            for parameter in group["params"]:
                by_shape[parameter.shape].append(parameter)
            for parameters in by_shape.values():
                self._step_together(parameters, group["lr"], group["momentum"], group["weight_decay"])

    def _step_together(self, parameters: list[nn.Parameter], lr: float, momentum: float, weight_decay: float) -> None:
        directions = []
        for parameter in parameters:
            state = self.state[parameter]
            if "momentum" not in state:
                state["momentum"] = torch.zeros_like(parameter)
            gradient = parameter.grad
            assert gradient is not None
            state["momentum"].lerp_(gradient, 1 - momentum)
            directions.append(gradient.lerp(state["momentum"], momentum))
        updates = orthogonalise(torch.stack(directions))
        rows, columns = parameters[0].shape
        scale = max(1.0, rows / columns) ** 0.5
        for parameter, update in zip(parameters, updates, strict=True):
            parameter.mul_(1 - lr * weight_decay).add_(update, alpha=-lr * scale)


def make_optimizers(
    model: nn.Module, matrix_rate: float, other_rate: float, beta2: float = 0.95
) -> list[torch.optim.Optimizer]:
    """Return Muon over the layers' matrices and AdamW over embedding and norms; `initial_lr` keeps the peak rate."""
    matrices = [p for name, p in model.named_parameters() if p.dim() == 2 and "embedding" not in name]
    chosen = {id(p) for p in matrices}
    others = [p for p in model.parameters() if id(p) not in chosen]
    return [with_peak(Muon(matrices, lr=matrix_rate)), make_adamw(others, other_rate, beta2)]


def make_adamw(parameters: list[nn.Parameter], rate: float, beta2: float = 0.95) -> torch.optim.Optimizer:
    """Return AdamW without decay; `beta2` is its memory of squared gradients."""
    return with_peak(torch.optim.AdamW(parameters, lr=rate, betas=(0.9, beta2), weight_decay=0.0, fused=True))


def with_peak(optimizer: torch.optim.Optimizer) -> torch.optim.Optimizer:
    """Keep the rate of each group as its peak, `initial_lr`."""
    for group in optimizer.param_groups:
        group["initial_lr"] = group["lr"]
    return optimizer
