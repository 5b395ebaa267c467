using MlNetRnn.Modules;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>The state of each layer between two windows. It outlives the dispose scope of a step.</summary>
internal sealed class CarriedState : IDisposable
{
    private RecurrentState[] _layers = [];

    /// <summary>Returns the state of the first rows, for a window in which the others have ended.</summary>
    public RecurrentState[] First(int rows) => Array.ConvertAll(_layers, layer => layer.First(rows));

    /// <summary>Keeps the state after a window, without its autograd graph.</summary>
    public void Keep(IReadOnlyList<RecurrentState> layers)
    {
        RecurrentState[] kept = [.. layers.Select(layer => new RecurrentState(Copy(layer.Hidden), layer.Memory is { } memory ? Copy(memory) : null))];
        Clear();
        _layers = kept;
    }

    public void Clear()
    {
        foreach (RecurrentState layer in _layers)
        {
            layer.Hidden.Dispose();
            layer.Memory?.Dispose();
        }
        _layers = [];
    }

    public void Dispose() => Clear();

    private static Tensor Copy(Tensor state)
    {
        using Tensor detached = state.detach();
        return detached.clone().DetachFromDisposeScope();
    }
}
