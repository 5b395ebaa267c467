using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Images.Tests;

/// <summary>The contracts of docs/architecture.md that apply to an estimator of images, which learns nothing.</summary>
public class ImageFeaturesContract : ImageCase
{
    private static readonly string[] Outputs = [Vector, Grid];

    [Fact]
    public void C01_The_output_has_the_schema_that_GetOutputSchema_returns()
    {
        IDataView rows = Images(Pictures.Draw());
        RnnImageFeaturesEstimator estimator = _ml.Transforms.RnnImageFeatures();
        DataViewSchema schema = estimator.Fit(rows).GetOutputSchema(rows.Schema);
        Assert.Equal(Describe(ShapeOf(schema)), Describe(estimator.GetOutputSchema(ShapeOf(rows.Schema))));
        Assert.Equal(["Image", "Number", .. Outputs], schema.Select(column => column.Name));
        Assert.Equal("Vector<Single, 512>", schema[Vector].Type.ToString());
        Assert.Equal("Vector<Single, 7, 7, 512>", schema[Grid].Type.ToString());

        static string[] Describe(SchemaShape shape) => [.. shape.Select(column => $"{column.Name}: {column.Kind} {column.ItemType}").Order()];
    }

    [Fact]
    public void C02_A_missing_or_mistyped_column_is_refused()
    {
        IDataView rows = Images(Pictures.Draw());
        AssertRefused(_ml.DropColumn(rows, "Image"), "got only the columns 'Number'");
        AssertRefused(_ml.CopyColumn(rows, "Image", "Number"), "got Single");
        IDataView interleaved = _ml.Transforms.ResizeImages("Image", 224, 224)
            .Append(_ml.Transforms.ExtractPixels("Image", interleavePixelColors: true)).Fit(rows).Transform(rows);
        AssertRefused(interleaved, "got Vector<Single, 224, 224, 3>", inShape: false);

        void AssertRefused(IDataView data, string got, bool inShape = true)
        {
            RnnImageFeaturesEstimator estimator = _ml.Transforms.RnnImageFeatures();
            Action[] actions = [() => estimator.Fit(data), () => estimator.Fit(rows).Transform(data), () => estimator.GetOutputSchema(ShapeOf(data.Schema))];
            foreach (Action action in inShape ? actions : actions[..2])
                AssertThrows.With<ArgumentOutOfRangeException>(action, "image column 'Image': expected Image or Vector<Single, 3, 224, 224>", got);
        }
    }

    [Fact]
    public void C05_Loads_in_the_same_process_and_in_a_fresh_process_that_does_not_name_the_package()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = (folder.File("model.zip"), folder.File("data.idv"));
        // These need no resizing, which may differ if the processes have different versions of ML.NET.
        Pictures.Draw(224, 224, seed: 1).Save(folder.File("a.png"));
        Pictures.Draw(224, 224, seed: 2).Save(folder.File("b.png"));
        IDataView paths = Paths("a.png", "b.png");
        var chain = _ml.Transforms.LoadImages("Image", folder.FullName, "Path").Append(_ml.Transforms.RnnImageFeatures(cacheFolder: folder.File("cache")));
        ITransformer fitted = chain.Fit(paths);
        _ml.Model.Save(fitted, paths.Schema, model);
        using (FileStream stream = File.Create(data)) _ml.Data.SaveAsBinary(paths, stream);
        Assert.InRange(new FileInfo(model).Length, 1, 10_000);

        string[] expected = Rows.Of(fitted.Transform(paths), Outputs);
        Assert.Equal(expected, Rows.Of(new MLContext().Model.Load(model, out _).Transform(paths), Outputs));
        Assert.Equal(expected, Repository.Predict("FreshProcess.Images", model, data, Outputs));
    }

    [Fact]
    public void C06_Every_option_but_the_folder_of_the_cache_is_in_the_model_file()
    {
        MLImage high = Pictures.Draw(100, 300);
        var options = new RnnImageFeaturesOptions
        {
            ImageColumnName = "Picture",
            VectorColumnName = "V",
            GridColumnName = null,
            Resizing = Microsoft.ML.Transforms.Image.ImageResizingEstimator.ResizingKind.IsoPad,
        };
        IDataView rows = _ml.CopyColumn(Images(high), "Picture", "Image");
        RnnImageFeaturesTransformer fitted = _ml.Transforms.RnnImageFeatures(options).Fit(rows);
        var loaded = Assert.IsType<RnnImageFeaturesTransformer>(_ml.SaveAndLoad(fitted, rows.Schema));
        Assert.Equal(("Picture", "V", null), (loaded.ImageColumnName, loaded.VectorColumnName, loaded.GridColumnName));
        Assert.Equal(Rows.Of(fitted.Transform(rows), "V"), Rows.Of(loaded.Transform(rows), "V"));
        Assert.NotEqual(Rows.Of(fitted.Transform(rows), "V"), Rows.Of(_ml.Transforms.RnnImageFeatures("V").Fit(Images(high)).Transform(Images(high)), "V"));
    }

    [Fact]
    public void C08_The_row_mapper_depends_only_on_the_image()
    {
        IDataView rows = Images(Pictures.Draw());
        IRowToRowMapper mapper = ((ITransformer)_ml.Transforms.RnnImageFeatures().Fit(rows)).GetRowToRowMapper(rows.Schema);
        Assert.Equal(["Image"], mapper.GetDependencies([mapper.OutputSchema[Grid]]).Select(column => column.Name));
        Assert.Equal(["Number"], mapper.GetDependencies([mapper.OutputSchema["Number"]]).Select(column => column.Name));
    }

    [Fact]
    public void C27_The_package_has_no_other_estimator()
    {
        IEnumerable<Type> estimators = typeof(RnnImageFeaturesEstimator).Assembly.GetExportedTypes()
            .Where(type => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEstimator<>)));
        Assert.Equal([typeof(RnnImageFeaturesEstimator)], estimators);
    }

    /// <summary>Converts a schema to a shape with the internal method of ML.NET that its own Fit uses.</summary>
    private static SchemaShape ShapeOf(DataViewSchema schema) => (SchemaShape)typeof(SchemaShape)
        .GetMethod("Create", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [schema], null)!;
}
