using MlNetRnn.Networks;

namespace MlNetRnn.Transforms.Tests.Networks.Steps;

/// <summary>A network with random weights.</summary>
internal static class RandomStepNetwork
{
    public static StepNetworkWeights Create(StepCell cell = StepCell.Lstm, int hidden = 9, int symbols = 12, int layers = 2, int seed = 1)
    {
        var random = new Random(seed);
        int gates = cell switch { StepCell.Elman => 1, StepCell.Lstm => 4, _ => 3 }, size = 5;
        WeightMatrix embedding = Matrix(symbols, size);
        var described = new List<StepLayerDescription>();
        for (int i = 0; i < layers; i++, size = hidden)
        {
            WeightMatrix? recurrent = cell == StepCell.MinimalGru ? null : Matrix(gates * hidden, hidden);
            described.Add(new StepLayerDescription(cell, StepActivation.Tanh, hidden, Matrix(gates * hidden, size), recurrent, Numbers(2 * gates * hidden)));
        }
        return new StepNetworkWeights(new StepNetworkDescription(embedding, described, null, new LinearDescription(Matrix(symbols, hidden), Numbers(symbols))));

        WeightMatrix Matrix(int rows, int columns) => new(Numbers(rows * columns), rows, columns);

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }
}
