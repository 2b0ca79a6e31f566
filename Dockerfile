# syntax=docker/dockerfile:1
# Two stages: the JDK builds the archive, the JRE runs what is in it, as a user without rights.
# For GPU training: docker build --build-arg PROFILES=-Pgpu .
FROM eclipse-temurin:17.0.15_6-jdk-jammy AS build
WORKDIR /src
COPY . .
ARG PROFILES=""
RUN ./mvnw -B -ntp -q ${PROFILES} -DskipTests -pl streams -am package \
    && mkdir /opt/nelbo \
    && tar -xzf streams/target/nelbo-*.tar.gz -C /opt/nelbo --strip-components=1

FROM eclipse-temurin:17.0.15_6-jre-jammy
RUN groupadd --system --gid 10001 nelbo \
    && useradd --system --uid 10001 --gid nelbo --home-dir /var/lib/nelbo --create-home nelbo
COPY --from=build /opt/nelbo /opt/nelbo
USER 10001:10001
WORKDIR /var/lib/nelbo
VOLUME /var/lib/nelbo
# bin/nelbo asks for the Vector API where the JRE has it, and for half of the container's memory.
ENV DJL_CACHE_DIR=/var/lib/nelbo/djl
ENTRYPOINT ["/opt/nelbo/bin/nelbo"]
CMD ["--help"]
