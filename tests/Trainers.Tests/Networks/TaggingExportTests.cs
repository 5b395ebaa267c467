using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Sequences;
using MlNetRnn.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>C26 for taggers: libtorch and ONNX give the same scores for every step, and the weights can be read from the graph.</summary>
public class TaggingExportTests
{
    private const int Tokens = 12, Tags = 5;

    public static TheoryData<RnnCell, RnnCharacterEncoder, RnnTagDependency, bool> Product
    {
        get
        {
            var product = new TheoryData<RnnCell, RnnCharacterEncoder, RnnTagDependency, bool>();
            foreach (RnnCell cell in Enum.GetValues<RnnCell>())
                foreach (RnnCharacterEncoder characters in Enum.GetValues<RnnCharacterEncoder>())
                    foreach (RnnTagDependency dependency in Enum.GetValues<RnnTagDependency>())
                        foreach (bool isBidirectional in new[] { true, false }) product.Add(cell, characters, dependency, isBidirectional);
            return product;
        }
    }

    [Theory]
    [MemberData(nameof(Product))]
    public void Torch_and_ONNX_agree_on_every_step(RnnCell cell, RnnCharacterEncoder characters, RnnTagDependency dependency, bool isBidirectional)
    {
        var options = new RnnTaggingNetworkOptions
        {
            Cell = cell,
            Characters = characters,
            Dependency = dependency,
            Bidirectional = isBidirectional,
            PreviousTags = 2,
            Layers = 2,
            EmbeddingSize = 6,
            HiddenSize = 7,
            CharacterEmbeddingSize = 3,
            CharacterSize = 4,
        };
        (ExampleSet examples, CharacterIndex index) = Examples(seed: 2, 3, 1, 9, 4);
        using TaggingNetwork network = Network(options, index, seed: 1);
        foreach (Parameter parameter in network.Parameters.All.Where(parameter => parameter.IsBias)) Spread(parameter);
        (RowValues onnx, IReadOnlyList<float[]> constants) = Run(network, examples, options, index);
        PackedBatch batch = PackedBatch.From(examples, [0, 1, 2, 3]);
        using var noGradients = no_grad();
        using Tensor emissions = network.Forward(batch, ForwardMode.Scoring);
        int width = (int)emissions.shape[1];
        for (int b = 0; b < batch.Rows.Length; b++)
        {
            ReadOnlySpan<float> row = onnx[batch.Rows[b]];
            Assert.Equal(batch.Lengths[b] * width, row.Length);
            for (int t = 0; t < batch.Lengths[b]; t++)
                for (int j = 0; j < width; j++) Assert.Equal(emissions[batch.Position(b, t), j].item<float>(), row[t * width + j], 1e-5);
        }
        Assert.Equal(network.Head.DecoderWeights, constants);
    }

    [Fact]
    public void Constants_are_read_once_with_the_first_batch()
    {
        var options = new RnnTaggingNetworkOptions
        {
            Characters = RnnCharacterEncoder.None,
            Dependency = RnnTagDependency.Crf,
            EmbeddingSize = 6,
            HiddenSize = 7,
        };
        (ExampleSet examples, CharacterIndex index) = Examples(seed: 2, 3, 5);
        using TaggingNetwork network = Network(options, index, seed: 1);
        var onnx = new OnnxNetwork(network.Export(), default, new NetworkOutput(NetworkSignature.Emissions, OutputExtent.Step))
        {
            ConstantNames = [NetworkSignature.Transitions],
        };
        Assert.Throws<InvalidOperationException>(() => onnx.Constants);
        var block = new SequenceBlock(examples.Sequences, examples.Additional, null);
        onnx.Run(block, [new RowValues()]);
        IReadOnlyList<float[]> constants = onnx.Constants;
        onnx.Close();
        onnx.Run(block, [new RowValues()]);
        Assert.Same(constants, onnx.Constants);
        Assert.Equal(network.Head.DecoderWeights, constants);
    }

    [Fact]
    public void Weights_can_be_read_from_the_graph()
    {
        var options = new RnnTaggingNetworkOptions
        {
            Characters = RnnCharacterEncoder.Convolution,
            Dependency = RnnTagDependency.Crf,
            EmbeddingSize = 6,
            HiddenSize = 7,
            CharacterEmbeddingSize = 3,
            CharacterSize = 4,
        };
        (ExampleSet examples, CharacterIndex index) = Examples(seed: 2, 3, 5);
        using TaggingNetwork first = Network(options, index, seed: 1), second = Network(options, index, seed: 2);
        second.Parameters.Import(OnnxWeights.Read(first.Export()));
        Assert.Equal(first.Export(), second.Export());
    }

    /// <summary>The vector of a word depends only on its characters.</summary>
    [Theory]
    [InlineData(RnnCharacterEncoder.Lstm)]
    [InlineData(RnnCharacterEncoder.Convolution)]
    public void The_characters_of_other_words_have_no_influence(RnnCharacterEncoder characters)
    {
        var options = new RnnTaggingNetworkOptions
        {
            Characters = characters,
            EmbeddingSize = 6,
            HiddenSize = 7,
            CharacterEmbeddingSize = 3,
            CharacterSize = 4,
        };
        (ExampleSet examples, CharacterIndex index) = Examples(seed: 4, 6, 1);
        using TaggingNetwork network = Network(options, index, seed: 1);
        using var noGradients = no_grad();
        using Tensor together = network.Forward(PackedBatch.From(examples, [0, 1]), ForwardMode.Scoring);
        using Tensor alone = network.Forward(PackedBatch.From(examples, [1]), ForwardMode.Scoring);
        Assert.True(alone[0].allclose(together[1], atol: 1e-6));        // the second row of step 0
    }

    private static (RowValues Emissions, IReadOnlyList<float[]> Constants) Run(
        TaggingNetwork network, ExampleSet examples, RnnTaggingNetworkOptions options, CharacterIndex index)
    {
        var emissions = new RowValues();
        var onnx = new OnnxNetwork(network.Export(), default, new NetworkOutput(NetworkSignature.Emissions, OutputExtent.Step))
        {
            ConstantNames = TagDecoders.Weights(network.Head.DecoderName),
        };
        onnx.Run(new SequenceBlock(examples.Sequences, examples.Additional, options.Characters == RnnCharacterEncoder.None ? null : index), [emissions]);
        return (emissions, onnx.Constants);
    }

    private static TaggingNetwork Network(RnnTaggingNetworkOptions options, CharacterIndex index, int seed)
    {
        using var random = new Generator((ulong)seed);
        InputLayer Input(ParameterSet parameters)
        {
            var parts = new List<InputLayer> { new Embedder(parameters, Tokens, options) };
            if (options.Characters != RnnCharacterEncoder.None) parts.Add(new CharacterInput(parameters, index.Characters.Count, options, threads: 1));
            parts.Add(new Embedder(parameters, new EmbedderSetup("embedding.1", NetworkSignature.OfColumn(NetworkSignature.Tokens, 1), 1, Tokens, 3)));
            parts.Add(new FrameInput(parameters, [1, -1], [2, 0.5f], [10, 30], column: 2));
            return new JoinedInput(parts);
        }
        return NewNetwork.Tagging(options, random, Input, Tags);
    }

    /// <summary>Rows whose steps have a word with its characters, an additional token, and two additional numbers.</summary>
    private static (ExampleSet Examples, CharacterIndex Index) Examples(int seed, params int[] lengths)
    {
        var random = new Random(seed);
        var examples = new ExampleSet(new SequenceStore(keepTexts: true), [new SequenceStore(), new SequenceStore(frameSize: 2)], isPerStep: true);
        foreach (int length in lengths)
        {
            for (int t = 0; t < length; t++)
            {
                int token = random.Next(SpecialTokens.Count, Tokens);
                examples.Sequences.Add(token, string.Concat(Enumerable.Range(0, 1 + random.Next(6)).Select(_ => (char)('a' + random.Next(5)))) + token);
                examples.Additional[0].Add(random.Next(SpecialTokens.Count, Tokens));
                float first = random.Next(4) == 0 ? -1e6f : random.NextSingle();
                float second = random.Next(4) switch { 0 => float.NaN, 1 => 1e20f, _ => random.NextSingle() };
                examples.Additional[1].Add([first, second]);
            }
            foreach (SequenceStore store in examples.Additional.Prepend(examples.Sequences)) store.EndSequence();
        }
        CharacterIndex index = CharacterIndex.Learn(Enumerable.Range(0, examples.Sequences.Spellings.Count).Select(i => examples.Sequences.Spellings[i]), null);
        examples.ReadCharacters(index);
        return (examples, index);
    }

    private static void Spread(Parameter parameter)
    {
        Span<float> numbers = parameter.Value.Span();
        for (int i = 0; i < numbers.Length; i++) numbers[i] += 0.1f * MathF.Sin(i + 1);
    }
}
