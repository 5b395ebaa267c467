using MlNetRnn.Decoding;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using static TorchSharp.torch;

namespace MlNetRnn.Tests;

/// <summary>Networks with random weights, without a trainer.</summary>
internal static class NewNetwork
{
    public static PooledNetwork Pooled(
        RnnNetworkOptions options,
        Generator random,
        Func<ParameterSet, InputLayer> input,
        Func<ParameterSet, int, PooledHead> head,
        int threads = 1,
        Func<ParameterSet, PooledHead, WidePath?>? wide = null)
    {
        var parameters = new ParameterSet(random);
        return new PooledNetwork(parameters, input(parameters), options, threads, head, wide);
    }

    /// <summary>Returns a tagger without rules of spans.</summary>
    public static TaggingNetwork Tagging(
        RnnTaggingNetworkOptions options, Generator random, Func<ParameterSet, InputLayer> input, int tags, bool isValidated = false)
    {
        var parameters = new ParameterSet(random);
        Func<TaggingHeadSetup, TaggingHead> head = TagDependencies.Of(options, marksSpans: true).CreateHead;
        return new TaggingNetwork(parameters, input(parameters), options, threads: 1, head, new TagDecoderPlan(tags, null, options.BeamWidth), isValidated);
    }
}
