using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Training;

public class ExponentialMovingAverageTests
{
    [Fact]
    public void Equals_the_average_of_the_weights_after_each_step_for_touched_and_untouched_rows()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter matrix = parameters.Uniform("w", 1, 3, 2), table = parameters.NormalTable("t", 1, isFixed: false, 5, 2);
        var average = new ExponentialMovingAverage(parameters.All, 0.8f);
        double[] expectedMatrix = [.. matrix.ToArray().Select(x => (double)x)], expectedTable = [.. table.ToArray().Select(x => (double)x)];
        var draws = new Random(3);
        for (int step = 0; step < 40; step++)
        {
            int[] touched = [.. Enumerable.Range(0, 5).Where(_ => draws.Next(3) == 0)];
            table.ClearGradient();
            if (touched.Length > 0) table.Touch(touched);
            average.BeforeStep();
            foreach (ref float value in matrix.Value.Span()) value += draws.NextSingle() - 0.5f;
            foreach (int row in touched) foreach (ref float value in table.Value.Span().Slice(2 * row, 2)) value += draws.NextSingle() - 0.5f;
            average.AfterStep();
            double decay = Math.Min(0.8f, (1.0 + step) / (10 + step));
            Move(expectedMatrix, matrix.ToArray(), decay);
            Move(expectedTable, table.ToArray(), decay);
            if (step % 10 == 5) average.State();        // does not change the result
        }
        (float[] lastMatrix, float[] lastTable) = (matrix.ToArray(), table.ToArray());
        average.Swap();
        for (int i = 0; i < expectedMatrix.Length; i++) Assert.Equal(expectedMatrix[i], matrix.ToArray()[i], 1e-5);
        for (int i = 0; i < expectedTable.Length; i++) Assert.Equal(expectedTable[i], table.ToArray()[i], 1e-5);
        average.Swap();
        Assert.Equal(lastMatrix, matrix.ToArray());
        Assert.Equal(lastTable, table.ToArray());

        static void Move(double[] average, float[] values, double decay)
        {
            for (int i = 0; i < average.Length; i++) average[i] = decay * average[i] + (1 - decay) * values[i];
        }
    }
}
