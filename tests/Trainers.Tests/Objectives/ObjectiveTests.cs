using MlNetRnn.Objectives;
using MlNetRnn.Tags;
using MlNetRnn.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Objectives;

public class ObjectiveTests
{
    [Fact]
    public void The_ordinal_loss_is_the_negative_logarithm_of_the_probability()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] logits = [2, 0.5f, -1];                         // of P(class > 0), > 1, > 2
        double[] above = [1, .. logits.Select(c => 1 / (1 + Math.Exp(-c))), 0];
        for (int k = 0; k < 4; k++)
        {
            Tensor loss = new OrdinalObjective().Losses(tensor(logits).unsqueeze(0), tensor(new float[] { k }), isTraining: true);
            Assert.Equal(-Math.Log(above[k] - above[k + 1]), loss.item<float>(), 1e-5);
        }
    }

    [Fact]
    public void The_ordinal_loss_stays_finite_if_a_probability_rounds_to_0()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor(new float[] { 80, 79, -80 }).unsqueeze(0).requires_grad_(true);
        Tensor loss = new OrdinalObjective().Losses(logits, tensor(new float[] { 3 }), true).sum();
        loss.backward();
        Assert.True(float.IsFinite(loss.item<float>()));
        Assert.All(logits.grad!.data<float>().ToArray(), g => Assert.True(float.IsFinite(g)));
    }

    [Fact]
    public void Label_smoothing_applies_in_training_only()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = tensor(new float[] { 1, -1, 0.5f }).unsqueeze(0), logit = tensor(new float[] { 1.5f }).unsqueeze(0), one = tensor(new float[] { 1 });
        double[] p = Softmax(1, -1, 0.5);
        double smooth = -(0.9 * Math.Log(p[1]) + 0.1 / 3 * p.Sum(Math.Log));
        Assert.Equal(smooth, new ClassificationObjective(0.1f).Losses(logits, one, isTraining: true).item<float>(), 1e-5);
        Assert.Equal(-Math.Log(p[1]), new ClassificationObjective(0.1f).Losses(logits, one, isTraining: false).item<float>(), 1e-5);
        double q = 1 / (1 + Math.Exp(-1.5));
        double smoothBinary = -(0.95 * Math.Log(q) + 0.05 * Math.Log(1 - q));
        Assert.Equal(smoothBinary, new BinaryClassificationObjective(0.1f).Losses(logit, one, isTraining: true).item<float>(), 1e-5);
        Assert.Equal(-Math.Log(q), new BinaryClassificationObjective(0.1f).Losses(logit, one, isTraining: false).item<float>(), 1e-5);
    }

    [Fact]
    public void Each_step_of_a_missed_span_has_a_cost()
    {
        var scheme = TagScheme.Of(["B-A", "O", "I-A"]);
        Assert.Equal([0, 0, 0, 0, 4, 0, 0, 4, 0, 0, 0, 0], MissedSpanCosts.For(3, scheme, 4)!.Of([1, 0, 2, -1]));
        Assert.Null(MissedSpanCosts.For(3, scheme, 0));
        Assert.Null(MissedSpanCosts.For(3, null, 4));
    }

    [Fact]
    public void A_golden_section_finds_the_minimum() => Assert.Equal(1.3, GoldenSection.Minimum(-4, 7, x => (x - 1.3) * (x - 1.3) + 2), 1e-6);

    private static double[] Softmax(params double[] x)
    {
        double sum = x.Sum(Math.Exp);
        return [.. x.Select(value => Math.Exp(value) / sum)];
    }
}
