using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Inverted dropout (Srivastava et al., 2014): while learning, each number is 0 with probability p and 1/(1−p) times itself otherwise.</summary>
internal sealed class Dropout(float probability)
{
    public Tensor Forward(Tensor x, ForwardMode mode)
    {
        if (!mode.IsTraining || probability == 0) return x;
        Tensor mask = empty_like(x, requires_grad: false).bernoulli_(1 - probability, mode.Random).div_(1 - probability);
        return x * mask;
    }
}
