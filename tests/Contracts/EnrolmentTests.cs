using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>C27: nobody can forget to put a new trainer under contract.</summary>
public class EnrolmentTests
{
    [Fact]
    public void Every_public_estimator_has_a_contract_class()
    {
        Type[] estimators = [.. typeof(RnnTextClassificationTrainer).Assembly.GetExportedTypes().Concat(typeof(RnnTransformer).Assembly.GetExportedTypes())
            .Where(type => !type.IsAbstract && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEstimator<>)))];
        Type[] enrolled = [.. typeof(TrainerContract).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(TrainerContract)))
            .Select(type => ((TrainerContract)Activator.CreateInstance(type)!).Trainer)
            .Append(TokenizingContract.Estimator)];
        Assert.NotEmpty(estimators);
        Assert.Empty(estimators.Except(enrolled));
    }
}
