using MlNetRnn.Batching;
using MlNetRnn.Sequences;


namespace MlNetRnn.Trainers.Tests.Batching;

public class ExampleSetTests
{
    [Fact]
    public void Weights_of_classes_and_examples_multiply_to_a_mean_of_one_over_the_rows_to_learn()
    {
        ExampleSet examples = Examples(0, 1, 1, 0);
        examples.Weights = [1, 2, 3, 100];
        examples.Weigh([0, 1, 2], [4, 2]);
        // 4, 4, 6 and a mean of 14/3; the fourth row does not learn.
        Assert.Equal([12 / 14f, 12 / 14f, 18 / 14f], examples.Weights.Take(3), (a, b) => Math.Abs(a - b) < 1e-6);
        ExampleSet plain = Examples(0, 1);
        plain.Weigh([0, 1], null);
        Assert.Null(plain.Weights);
        Assert.Contains("expected one above 0", Assert.Throws<InvalidOperationException>(() => plain.Weigh([0, 1], [0, 0])).Message);
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
