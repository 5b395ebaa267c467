namespace MlNetRnn.Networks;

/// <summary>A cell that runs without ONNX Runtime. The gates have the order of ONNX.</summary>
internal enum StepCell
{
    /// <summary>The operator RNN: one gate.</summary>
    Elman,

    /// <summary>The operator LSTM: i,o,f,c.</summary>
    Lstm,

    /// <summary>The operator GRU: z,r,h, the reset gate before the matrix product.</summary>
    Gru,

    /// <summary>The operator GRU with the reset gate after the matrix product.</summary>
    GruResetAfter,

    /// <summary>The operator GRU without recurrent weights, so that r has no effect.</summary>
    MinimalGru,

    /// <summary>A layer of the last k vectors: gate i has the weights of the vector i steps ago.</summary>
    Window,

    /// <summary>A layer without recurrence: one gate.</summary>
    FeedForward,
}

/// <summary>An activation function.</summary>
internal enum StepActivation
{
    Tanh,
    Sigmoid,
    Relu,
    Identity,
}
