"""Cross-entropy of a tied output matrix, in pieces that stay in the processor's cache."""

import torch
from torch import Tensor
from torch.autograd.function import FunctionCtx

#: Positions a piece; 512 rows of 8,192 logits are 16 MB.
PIECE = 512


class _TiedHeadLoss(torch.autograd.Function):
    """Computes the gradient together with the loss, so that logits are never stored and never computed twice."""

    @staticmethod
    def forward(context: FunctionCtx, hidden: Tensor, weight: Tensor, targets: Tensor) -> Tensor:
        """Return the mean in nats for hidden [n, width], weight [vocabulary, width], targets [n] (-100: left out)."""
        counted = targets >= 0
        count = counted.sum().clamp(min=1)
        hidden_gradient = torch.empty_like(hidden)
        weight_gradient = torch.zeros_like(weight)
        total = hidden.new_zeros(())
        for start in range(0, hidden.shape[0], PIECE):
            rows = slice(start, start + PIECE)
            valid = counted[rows, None]
            target = targets[rows, None].clamp(min=0)
            logits = hidden[rows] @ weight.T
            log_sum = logits.logsumexp(dim=1, keepdim=True)
            total += ((log_sum - logits.gather(1, target)) * valid).sum()
            error = logits.sub_(log_sum).exp_()
            error.scatter_add_(1, target, error.new_full(target.shape, -1.0))
            error.mul_(valid / count)
            hidden_gradient[rows] = error @ weight
            weight_gradient.addmm_(error.T, hidden[rows])
        context.save_for_backward(hidden_gradient, weight_gradient)
        return total / count

    @staticmethod
    def backward(context: FunctionCtx, gradient: Tensor) -> tuple[Tensor, Tensor, None]:
        """Scale the gradients that `forward` computed."""
        hidden_gradient, weight_gradient = context.saved_tensors  # type: ignore[attr-defined]
        return hidden_gradient * gradient, weight_gradient * gradient, None


def tied_head_loss(hidden: Tensor, weight: Tensor, targets: Tensor) -> Tensor:
    """Return the mean cross-entropy in nats of `hidden @ weight.T` against targets [n]; -100 does not count.

    Computed in float32, whatever is around it.
    """
    with torch.autocast(hidden.device.type, enabled=False):
        return _TiedHeadLoss.apply(hidden.float(), weight, targets)
