using System.Reflection;
using Microsoft.ML;
using System.Text.Json;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn.Experiments.Tests;

/// <summary>The requirements of AutoML for options that it sweeps, for every trainer (docs/automl.md).</summary>
public class SweptOptionsTests
{
    public static TheoryData<Type> AllOptions =>
        [.. typeof(RnnSequenceOptions).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(RnnSequenceOptions)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(AllOptions))]
    public void Every_trainer_has_a_search_space(Type options)
    {
        string[] names = [.. AttributedOptions.Of(options).Select(member => member.Path.Name)];
        Assert.All(["Network.Cell", "Network.Layers", "Network.HiddenSize", "Network.EmbeddingSize", "Network.Dropout", "Training.LearningRate",
            "Training.BatchSize"], name => Assert.Contains(name, names));
    }

    /// <summary>AutoML starts at the attribute's value, our experiments at the initializer's, which must be in the range.</summary>
    [Theory]
    [MemberData(nameof(AllOptions))]
    public void The_default_of_every_attribute_is_that_of_its_property(Type options)
    {
        object defaults = Activator.CreateInstance(options)!;
        foreach ((OptionPath path, SearchDimension dimension) in AttributedOptions.Of(options))
        {
            object initial = path.Get(defaults)!;
            Assert.Equal((path.Name, initial), (path.Name, DefaultOf(Property(options, path.Name))));
            if (dimension.Choices is null) Assert.InRange(Convert.ToDouble(initial), dimension.Minimum - 1e-6, dimension.Maximum + 1e-6);
            else Assert.Contains(initial, dimension.Choices);
        }
    }

    [Theory]
    [MemberData(nameof(AllOptions))]
    public void Every_swept_option_survives_the_JSON_of_AutoML(Type options)
    {
        (OptionPath Path, SearchDimension Dimension)[] members = [.. AttributedOptions.Of(options)];
        foreach (double position in new[] { 0, 0.5, 0.99 })
        {
            (object copy, var inner) = (OptionPath.Copy(Activator.CreateInstance(options)!), new Dictionary<string, object>());
            foreach ((OptionPath path, SearchDimension dimension) in members) path.Set(copy, inner, dimension.ValueAt(position));
            object back = JsonSerializer.Deserialize(JsonSerializer.Serialize(copy, options), options)!;
            Assert.All(members, member => Assert.Equal(member.Path.Get(copy), member.Path.Get(back)));
        }
    }

    [Theory]
    [MemberData(nameof(AllOptions))]
    public void No_field_has_an_attribute_and_no_swept_option_has_a_type_that_AutoML_loses(Type options)
    {
        foreach (Type type in Nested(options))
        {
            Assert.DoesNotContain(type.GetFields(), field => field.GetCustomAttributes().Any(IsSweep));
            foreach (PropertyInfo property in type.GetProperties()
                .Where(property => property.GetCustomAttributes().Any(attribute => IsSweep(attribute) && attribute is not Sweep.NestOptionAttribute)))
                Assert.True(property.PropertyType.IsEnum
                    || new[] { typeof(int), typeof(float), typeof(double), typeof(bool), typeof(string) }.Contains(property.PropertyType),
                    $"{type.Name}.{property.Name} is a {property.PropertyType.Name}");
        }
    }

    /// <summary>Every sample must be a valid network.</summary>
    [Theory]
    [MemberData(nameof(AllOptions))]
    public void Sampled_options_are_valid(Type options)
    {
        (OptionPath Path, SearchDimension Dimension)[] members = [.. AttributedOptions.Of(options)];
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            (object copy, var inner) = (OptionPath.Copy(Activator.CreateInstance(options)!), new Dictionary<string, object>());
            foreach ((OptionPath path, SearchDimension dimension) in members) path.Set(copy, inner, dimension.ValueAt(random.NextDouble()));
            CreateTrainer(copy);
        }
    }

    /// <summary>A trainer validates its options when it is created.</summary>
    private static object CreateTrainer(object options)
    {
        var ml = new MLContext();
        return options switch
        {
            RnnTextClassificationOptions classification => ml.MulticlassClassification.Trainers.RnnTextClassification(classification),
            RnnBinaryTextClassificationOptions binary => ml.BinaryClassification.Trainers.RnnTextClassification(binary),
            RnnTextRegressionOptions regression => ml.Regression.Trainers.RnnTextRegression(regression),
            RnnSequenceTaggingOptions tagging => ml.MulticlassClassification.Trainers.RnnSequenceTagging(tagging),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options, "expected the options of a trainer"),
        };
    }

    private static IEnumerable<Type> Nested(Type options) =>
        options.GetProperties().Where(property => property.GetCustomAttribute<Sweep.NestOptionAttribute>() is not null)
            .SelectMany(property => Nested(property.PropertyType)).Append(options);

    private static PropertyInfo Property(Type options, string path) =>
        path.Split('.').Aggregate((PropertyInfo?)null, (property, name) => (property?.PropertyType ?? options).GetProperty(name))!;

    private static object? DefaultOf(PropertyInfo property) =>
        property.GetCustomAttribute<Sweep.RangeAttribute>() is { } range ? range.Init
        : property.GetCustomAttribute<Sweep.ChoiceAttribute>() is { } choice ? choice.DefaultValue
        : property.GetCustomAttribute<Sweep.BooleanChoiceAttribute>()!.DefaultValue;

    private static bool IsSweep(Attribute attribute) => attribute.GetType().Namespace == typeof(Sweep.RangeAttribute).Namespace;
}
