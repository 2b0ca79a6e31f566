# syntax=docker/dockerfile:1
# Two stages: the JDK builds, the JRE runs as a user without rights.
# For GPU training: docker build --build-arg PROFILES=-Pgpu .
FROM eclipse-temurin:17.0.15_6-jdk-jammy AS build
WORKDIR /src
COPY . .
ARG PROFILES=""
RUN ./mvnw -B -ntp -q ${PROFILES} -DskipTests -pl streams -am package

FROM eclipse-temurin:17.0.15_6-jre-jammy
RUN groupadd --system --gid 10001 nelbo \
    && useradd --system --uid 10001 --gid nelbo --home-dir /var/lib/nelbo --create-home nelbo
COPY --from=build /src/streams/target/lib /opt/nelbo/lib
COPY --from=build /src/streams/target/nelbo-streams-*.jar /opt/nelbo/lib/
USER nelbo
WORKDIR /var/lib/nelbo
VOLUME /var/lib/nelbo
ENV DJL_CACHE_DIR=/var/lib/nelbo/djl \
    DJL_OFFLINE=true \
    OPT_OUT_TRACKING=true \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -Dai.djl.pytorch.num_threads=1"
ENTRYPOINT ["java", "-cp", "/opt/nelbo/lib/*", "io.nelbo.streams.cli.Main"]
CMD ["--help"]
