using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using MlNetRnn.Tests;
using MlNetRnn.Trainers.Tests.Modules;
using MlNetRnn.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Training;

public class PooledTrainingTests
{
    /// <summary>Token 2 is of class 0, token 3 of class 1.</summary>
    [Fact]
    public void The_wide_path_keeps_the_scores_with_the_lowest_loss_of_its_own()
    {
        using var random = new Generator(5);
        using DisposeScope scope = NewDisposeScope();
        var examples = new ExampleSet(TestBatch.Of([2], [3], [2], [3]), [], isPerStep: false);
        examples.Targets.AddRange([0, 1, 0, 1]);
        NGramSet ngrams = NGramSet.Learn(examples.Sequences, [0, 1], 4, new NGramLimits(1, 1, 1), known: null);
        var options = new RnnNetworkOptions { EmbeddingSize = 2, HiddenSize = 2 };
        using PooledNetwork network = NewNetwork.Pooled(options, random, parameters => new Embedder(parameters, 4, options),
            (parameters, size) => new ClassificationHead(parameters, size, 2),
            wide: (parameters, head) => new WidePath(parameters, ngrams, null, head.Outputs, isValidated: true));
        var training = new PooledTraining(network, new ClassificationObjective(0), new TrainingData(examples, [0, 1], examples, [2, 3]));
        PathWeights weights = network.Head.Wide!.Weights;

        float[] right = [0, 0, 0, 0, 0.1f, 0, 0, 0.1f], wrong = [0, 0, 0, 0, 0, 0.1f, 0.1f, 0];
        Validate(wrong);
        Assert.All(weights.Best.ToArray(), score => Assert.Equal(0, score));            // worse than no scores
        Validate(right);
        Assert.Equal(right, weights.Best.ToArray());
        ValidationResult kept = Validate(wrong);
        Assert.Equal(right, weights.Best.ToArray());
        Assert.Equal(kept.Loss, Validate(right).Loss, 1e-6);                            // the validation uses what is kept

        ValidationResult Validate(float[] scores)
        {
            scores.CopyTo(weights.Trained.Value.Span());
            return training.Validate(() => { })!;
        }
    }
}
