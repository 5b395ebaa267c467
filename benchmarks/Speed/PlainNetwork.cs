using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using TorchSharp;

namespace MlNetRnn.Benchmarks;

/// <summary>The network of the workload, built of TorchSharp's own modules: embedding, nn.LSTM or nn.GRU, maximum over the steps, linear.</summary>
internal sealed class PlainNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly TorchSharp.Modules.Embedding _embedding;
    private readonly TorchSharp.Modules.LSTM? _lstm;
    private readonly TorchSharp.Modules.GRU? _gru;
    private readonly TorchSharp.Modules.Linear _head;

    private PlainNetwork(int tokens, int embedding, int hidden, int classes, bool isGru)
        : base(nameof(PlainNetwork))
    {
        _embedding = torch.nn.Embedding(tokens, embedding, padding_idx: 0);
        if (isGru) _gru = torch.nn.GRU(embedding, hidden, batchFirst: true, bidirectional: true);
        else _lstm = torch.nn.LSTM(embedding, hidden, batchFirst: true, bidirectional: true);
        _head = torch.nn.Linear(2 * hidden, classes);
        RegisterComponents();
    }

    public static PlainNetwork Of(Workload workload, bool isGru = false) =>
        new(workload.Vocabulary.Count, Workload.Network.EmbeddingSize, Workload.Network.HiddenSize, Workload.Classes, isGru);

    public override torch.Tensor forward(torch.Tensor tokens)
    {
        torch.Tensor x = _embedding.call(tokens);                                                   // [B,T,E]
        torch.Tensor states = _gru is not null ? _gru.call(x).Item1 : _lstm!.call(x).Item1;         // [B,T,2H]
        torch.Tensor masked = states.masked_fill(tokens.eq(0).unsqueeze(-1), -1e4f);
        return _head.call(masked.amax([1]));                                                        // [B,K]
    }

    /// <summary>Computes the probabilities of a padded batch without gradients.</summary>
    public float[] Score(long[] tokens, int rows, int steps)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        return call(torch.tensor(tokens, rows, steps)).softmax(1).data<float>().ToArray();
    }

    public float[] Score(PaddedBatch batch) => Score(batch.Tokens, batch.Rows, batch.Steps);
}
