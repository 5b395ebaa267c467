using MlNetRnn.Batching;
using MlNetRnn.Sequences;

namespace MlNetRnn.Trainers.Tests.Batching;

public class ExampleSetTests
{
    [Fact]
    public void Class_and_example_weights_are_multiplied_and_scaled_to_a_mean_of_1_over_the_training_rows()
    {
        ExampleSet examples = Examples(0, 1, 1, 0);
        examples.Weights = [1, 2, 3, 100];
        examples.Weigh([0, 1, 2], [4, 2]);
        // The products are 4, 4 and 6, with a mean of 14/3. The fourth row is not a training row.
        Assert.Equal([12 / 14f, 12 / 14f, 18 / 14f], examples.Weights.Take(3), (a, b) => Math.Abs(a - b) < 1e-6);
        ExampleSet plain = Examples(0, 1);
        plain.Weigh([0, 1], null);
        Assert.Null(plain.Weights);
        string message = Assert.Throws<InvalidOperationException>(() => plain.Weigh([0, 1], [0, 0])).Message;
        Assert.Contains("expected at least one training row with a weight above 0", message);
    }

    private static ExampleSet Examples(params float[] targets)
    {
        var examples = new ExampleSet(new SequenceStore(), [], isPerStep: false);
        foreach (float target in targets)
        {
            examples.Sequences.EndSequence();
            examples.Targets.Add(target);
        }
        return examples;
    }
}
