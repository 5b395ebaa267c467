namespace MlNetRnn.Networks;

/// <summary>The numbers of some rows in a step of a layer. A row of states has the width of the layer.</summary>
internal readonly ref struct StepRows
{
    /// <summary>Number of rows, B.</summary>
    public required int Count { get; init; }

    /// <summary>[B,gate stride]: W x + b at the start of the step. The layer may overwrite it.</summary>
    public required Span<float> Gates { get; init; }

    /// <summary>The length of a row of gates.</summary>
    public required int GateStride { get; init; }

    /// <summary>[B,width]: the hidden states, which the step replaces.</summary>
    public required Span<float> Hidden { get; init; }

    /// <summary>[B,memory width]: the memory, which the step replaces; empty for layers without memory.</summary>
    public required Span<float> Memory { get; init; }

    /// <summary>[B,scratch]: working memory.</summary>
    public required Span<float> Scratch { get; init; }
}
