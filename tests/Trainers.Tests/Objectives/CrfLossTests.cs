using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Objectives;
using MlNetRnn.Sequences;
using MlNetRnn.Tags;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Objectives;

public class CrfLossTests
{
    private const int Tags = 4;
    private static readonly TagScheme Rules = TagScheme.Of(["O", "B-A", "I-A", "B-B"])!;

    /// <summary>The true tags of some rows; −1 for a step without a tag.</summary>
    public static TheoryData<string, bool> Truths => new()
    {
        { "0 1 2|3|1 0", false },
        { "0 1 2|3|1 0", true },
        { "0 -1 2|-1|-1 -1 1 -1", false },
        { "0 -1 -1|3|1 -1 2 -1", true },
    };

    private static ExampleSet Examples(string truth)
    {
        var examples = new ExampleSet(new SequenceStore(), [], isPerStep: true);
        foreach (string row in truth.Split('|'))
        {
            foreach (string tag in row.Split(' '))
            {
                examples.Sequences.Add(SpecialTokens.Count);
                examples.Targets.Add(float.Parse(tag, System.Globalization.CultureInfo.InvariantCulture));
            }
            examples.Sequences.EndSequence();
        }
        return examples;
    }

    private static (Tensor Emissions, Tensor Transitions, StepLabels Labels, PackedBatch Batch) Case(string truth)
    {
        ExampleSet examples = Examples(truth);
        PackedBatch batch = PackedBatch.From(examples, [.. Enumerable.Range(0, examples.Count)]);
        using var random = new Generator(3);
        Tensor emissions = randn([batch.Count, Tags], ScalarType.Float32, generator: random).requires_grad_(true);
        Tensor transitions = randn([Tags + 2, Tags], ScalarType.Float32, generator: random).requires_grad_(true);
        return (emissions, transitions, StepLabels.Of(examples, batch), batch);
    }

    /// <summary>Computes the loss by its definition: all sequences that agree with the true tags, divided by all sequences that keep the rules.</summary>
    private static double Expected(Tensor emissions, Tensor transitions, StepLabels labels, PackedBatch batch, TagScheme? rules)
    {
        double loss = 0;
        var chain = new LinearChainCrf(Tags, transitions.Span(), rules);
        for (int b = 0; b < batch.Rows.Length; b++)
        {
            int[] truth = labels.TagsOf(batch, b);
            float[] own = [.. Enumerable.Range(0, truth.Length).SelectMany(t => emissions.Span().Slice(batch.Position(b, t) * Tags, Tags).ToArray())];
            double all = 0, agreeing = 0;
            foreach (int code in Enumerable.Range(0, (int)Math.Pow(Tags, truth.Length)))
            {
                int[] sequence = [.. Enumerable.Range(0, truth.Length).Select(t => code / (int)Math.Pow(Tags, t) % Tags)];
                double weight = Math.Exp(chain.Score(own, sequence));
                all += weight;
                if (truth.Zip(sequence).All(pair => pair.First < 0 || pair.First == pair.Second)) agreeing += weight;
            }
            loss += labels.WeightOf(b) * (Math.Log(all) - Math.Log(agreeing));
        }
        return loss;
    }

    [Theory]
    [MemberData(nameof(Truths))]
    public void Equals_the_enumeration_of_all_sequences(string truth, bool hasRules)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor emissions, Tensor transitions, StepLabels labels, PackedBatch batch) = Case(truth);
        foreach (StepLabels weighed in new[] { labels, labels with { Weights = [.. Enumerable.Range(1, batch.Rows.Length).Select(i => i / 2f)] } })
        {
            using Tensor loss = CrfLossFunction.Apply(emissions, transitions, weighed, batch, hasRules ? Rules : null);
            Assert.Equal(Expected(emissions, transitions, weighed, batch, hasRules ? Rules : null), loss.item<float>(), 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Truths))]
    public void The_gradient_equals_the_slope_of_the_loss(string truth, bool hasRules)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor emissions, Tensor transitions, StepLabels labels, PackedBatch batch) = Case(truth);
        TagScheme? rules = hasRules ? Rules : null;
        labels = labels with { Weights = [.. Enumerable.Range(1, batch.Rows.Length).Select(i => i / 2f)] };
        (CrfLossFunction.Apply(emissions, transitions, labels, batch, rules) * 3).backward();
        foreach (Tensor parameter in new[] { emissions, transitions })
        {
            float[] gradient = parameter.grad!.Span().ToArray();
            Span<float> numbers = parameter.Span();
            for (int i = 0; i < numbers.Length; i++)
            {
                const float Step = 1e-2f;
                float before = numbers[i];
                numbers[i] = before + Step;
                double up = Expected(emissions, transitions, labels, batch, rules);
                numbers[i] = before - Step;
                double down = Expected(emissions, transitions, labels, batch, rules);
                numbers[i] = before;
                Assert.Equal(3 * (up - down) / (2 * Step), gradient[i], 2e-3);
            }
        }
    }

    [Fact]
    public void A_validation_row_that_breaks_the_rules_has_a_finite_loss()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor emissions, Tensor transitions, StepLabels labels, PackedBatch batch) = Case("2 2|0 2");
        Assert.True(float.IsFinite(CrfLossFunction.Apply(emissions, transitions, labels, batch, Rules).item<float>()));
    }
}
